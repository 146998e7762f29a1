/* Who you are: the people by department, and the sheet they stand in on a narrow screen. */

import { avatar, byId, el } from "./dom.js";

export function roleNames(person) {
  return (person.role_names.length ? person.role_names : person.roles).join("、");
}

/* `calls(person)` says how many pushes are meant for that person and not seen yet. */
export function showPeople(people, me, calls) {
  const departments = Map.groupBy
    ? Map.groupBy(people, (person) => person.department)
    : people.reduce((found, one) => found.set(one.department, [...(found.get(one.department) ?? []), one]), new Map());
  const focused = document.activeElement?.closest("#people-list a")?.dataset.person;
  byId("people-list").replaceChildren(
    ...[...departments].map(([name, members]) =>
      el("section", {}, el("h3", {}, name), el("ul", {}, ...members.map((one) => el("li", {}, card(one, me, calls(one)))))),
    ),
  );
  if (focused) document.querySelector(`#people-list a[data-person="${CSS.escape(focused)}"]`)?.focus();
}

function card(person, me, calls) {
  const mine = person.user_id === me;
  const link = { href: `#/${person.user_id}`, class: "person", "data-person": person.user_id };
  return el(
    "a",
    { ...link, "aria-current": mine ? "true" : null },
    avatar(person.name, person.department),
    el("span", { class: "person-words" }, el("b", {}, person.name), el("small", {}, roleNames(person))),
    badge(calls, "条找他的消息"),
  );
}

export function badge(count, words) {
  if (!count) return null;
  return el("span", { class: "badge", "aria-label": `${count}${words}` }, count > 99 ? "99+" : String(count));
}

/* The two buttons that say who I am, and open the sheet; a dot when somebody else has something to do. */
export function showMe(person, others) {
  const dot = () => (others ? el("span", { class: "dot" }) : null);
  const label = `我是${person.name}，换一个人${others ? "：有同事收到了新消息" : ""}`;
  const words = el("span", { class: "who-words" }, el("b", {}, person.name), el("small", {}, `${person.department} · ${roleNames(person)}`));
  byId("who").replaceChildren(avatar(person.name, person.department), words, dot() ?? "", el("span", { class: "who-change" }, "换人"));
  byId("who-talk").replaceChildren(avatar(person.name, person.department, "small"), person.name, dot() ?? " ▾");
  byId("who").setAttribute("aria-label", label);
  byId("who-talk").setAttribute("aria-label", label);
}

export function peopleSheet() {
  const sheet = byId("people");
  const behind = document.querySelectorAll(".top, .places, .talk");
  let opener = null;
  const open = (event) => {
    opener = event.currentTarget;
    document.body.dataset.sheet = "people";
    behind.forEach((part) => (part.inert = true)); // the Tab key stays in the sheet
    (sheet.querySelector('[aria-current="true"]') ?? byId("people-close")).focus();
  };
  const close = () => {
    delete document.body.dataset.sheet;
    behind.forEach((part) => (part.inert = false));
    opener?.focus();
    opener = null;
  };
  byId("who").addEventListener("click", open);
  byId("who-talk").addEventListener("click", open);
  byId("people-close").addEventListener("click", close);
  sheet.addEventListener("click", (event) => event.target.closest("a") && close());
  document.addEventListener("keydown", (event) => event.key === "Escape" && document.body.dataset.sheet && close());
}
