/* The conversations of one person: the bot, then the groups. */

import { avatar, botAvatar, byId, el } from "./dom.js";
import { gist } from "./markdown.js";
import { badge } from "./people.js";
import { clockTime, dayName, sameDay } from "./time.js";

export function showPlaces(page) {
  const { me, place } = page;
  byId("places-list").replaceChildren(
    ...page.placesOf(me).map((one) => el("li", {}, row(page, one, one.id === place))),
  );
}

function row(page, one, open) {
  const latest = page.memory.latest(one.id);
  const news = page.memory.news(page.me.user_id, one.id);
  const called = news.some((item) => item.mentions.includes(page.me.user_id));
  const when = latest ? (sameDay(latest.at, page.now()) ? clockTime(latest.at) : dayName(latest.at).split(" ")[0]) : "";
  return el(
    "a",
    { href: `#/${page.me.user_id}/${one.id}`, class: "place", "aria-current": open ? "page" : null, "data-place": one.id },
    one.group ? avatar(one.name.replace(/群$/, ""), one.name, "square") : botAvatar(),
    el(
      "span",
      { class: "place-words" },
      el("span", { class: "place-top" }, el("b", {}, one.name), el("time", {}, when)),
      el("span", { class: "place-last" }, called ? el("em", {}, "[有人@我] ") : null, preview(page, latest) || one.about),
    ),
    badge(news.length, "条未读"),
  );
}

function preview(page, entry) {
  if (!entry) return "";
  if (entry.kind !== "said") return gist(entry.text);
  return entry.by === page.me.user_id ? entry.label.slice(0, 60) : `${page.nameOf(entry.by)}：${entry.label.slice(0, 60)}`;
}
