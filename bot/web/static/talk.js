/* One conversation: its messages, their buttons, and what to type first. */

import { avatar, botAvatar, byId, el } from "./dom.js";
import { markdown } from "./markdown.js";
import { stamp } from "./time.js";

const PAUSE_MS = 5 * 60_000;
// What only looks, or takes back, is never the button that a quick thumb finds first.
const ASIDE = /^(撤销|取消|驳回|放弃|不要|挂起|退货|催|查)/;

export class Talk {
  constructor(page, on) {
    this.page = page;
    this.on = on;
    this.shown = "";
    this.nodes = new Map();
    this.log = byId("log");
    this.below = byId("below");
    this.below.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => this.atEnd() && (this.below.hidden = true), { passive: true });
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.log);
    this.log.addEventListener("scroll", () => (this.stuck = this.atEnd()), { passive: true });
    this.stuck = true;
    this.settled = false; // true once the conversation stands there: only what comes after moves in
  }

  /* Bring the log up to date; what already stands there is left alone, so that reading and focus are not disturbed. */
  show() {
    const { page } = this;
    const other = this.shown !== `${page.me.user_id} ${page.place}`;
    if (other) {
      this.shown = `${page.me.user_id} ${page.place}`;
      this.nodes.clear();
      this.log.replaceChildren();
      this.log.setAttribute("aria-live", "off"); // a conversation that is opened is not read out from its beginning
    }
    const entries = page.memory.entries(page.place);
    const stay = !other && !this.stuck && entries.at(-1)?.by !== page.me.user_id;
    this.settled = !other;
    const grew = this.arrange(entries);
    if (!stay) this.toEnd();
    else if (grew) this.below.hidden = false;
    if (other) requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  arrange(entries) {
    const before = this.nodes.size;
    const wanted = entries.map((entry, index) => this.node(entry, entries[index - 1]));
    const silent = entries.every((entry) => entry.kind !== "said" || entry.by !== this.page.me.user_id);
    if (silent) wanted.push(this.start(entries.length > 0));
    wanted.forEach((node, index) => {
      if (this.log.children[index] !== node) this.log.insertBefore(node, this.log.children[index] ?? null);
    });
    while (this.log.children.length > wanted.length) this.log.lastElementChild.remove();
    return this.nodes.size > before;
  }

  node(entry, previous) {
    const paused = !previous || entry.at.ms - previous.at.ms > PAUSE_MS || entry.at.ms < previous.at.ms - PAUSE_MS;
    const when = paused ? stamp(entry.at, this.page.now()) : "";
    const face = `${entry.rev} ${when}`;
    const known = this.nodes.get(entry.id);
    if (known?.face === face) return known.node;
    const fresh = this.settled && !known ? "fresh" : "";
    const node = el("article", { class: `entry ${this.side(entry)} ${fresh}`, "data-kind": entry.kind });
    if (when) node.append(el("div", { class: "stamp" }, when));
    node.append(entry.kind === "said" ? this.said(entry) : this.told(entry));
    this.nodes.set(entry.id, { face, node });
    return node;
  }

  side(entry) {
    return entry.kind === "said" && entry.by === this.page.me.user_id ? "mine" : "theirs";
  }

  said(entry) {
    const person = this.page.person(entry.by);
    const name = this.side(entry) === "mine" ? null : el("span", { class: "name" }, person.name);
    const bubble = entry.file ? paper(entry.file) : el("div", { class: "bubble words", dir: "auto" }, entry.label);
    return el("div", { class: "row" }, avatar(person.name, person.department), el("div", { class: "body" }, name, bubble, this.fate(entry)));
  }

  fate(entry) {
    if (entry.status === "sending") return el("p", { class: "fate" }, "发送中……");
    if (entry.status === "sent") return null;
    const again = el("button", { type: "button", class: "link", onclick: () => this.on.again(entry) }, "重发");
    const edit = el("button", { type: "button", class: "link", onclick: () => this.on.edit(entry) }, entry.file ? "去掉" : "改一改");
    const way = entry.status === "refused" ? edit : again;
    return el("p", { class: "fate failed", role: "alert" }, `${entry.error || "没有发出去"} `, way);
  }

  told(entry) {
    const { page } = this;
    if (entry.folded) return el("p", { class: "folded" }, `${entry.text.split("\n")[0].replaceAll("**", "")}（后面有更新）`);
    const called = (entry.mentions ?? []).map((id) =>
      el("span", { class: id === page.me.user_id ? "mention me" : "mention" }, `@${page.nameOf(id)}`),
    );
    const asked = entry.kind === "reply" && page.group() ? `回复 ${page.nameOf(entry.to)}` : "";
    const name = el("span", { class: "name" }, page.bot, el("i", {}, entry.kind === "push" && !page.group() ? "通知" : asked));
    const card = el(
      "div",
      { class: "bubble card" },
      el("div", { class: "words", dir: "auto" }, called.length ? el("p", { class: "called" }, ...called) : null, markdown(entry.text)),
      this.picture(entry),
      this.offers(entry),
    );
    return el("div", { class: "row" }, botAvatar(), el("div", { class: "body" }, name, card));
  }

  /* The same in a picture; pressed, it is shown alone and as large as it is. */
  picture({ picture, picture_alt }) {
    if (!picture) return null;
    const grown = () => this.stuck && this.toEnd();
    return el("a", { class: "picture", href: picture, target: "_blank" }, el("img", { src: picture, alt: picture_alt, onload: grown }));
  }

  offers(entry) {
    if (!entry.buttons?.length) return null;
    const buttons = entry.buttons.map(({ label, say }, index) => {
      const state = entry.busy === say ? "busy" : entry.pressed === say ? "pressed" : "";
      const kind = ASIDE.test(say) ? "quiet" : index === 0 && !entry.pressed ? "first" : "";
      const press = (event) => this.on.press(entry, { label, say }, event.detail === 0);
      return el("button", { type: "button", class: `${kind} ${state}`, disabled: Boolean(entry.busy), title: say, onclick: press }, label);
    });
    return el("div", { class: "offers", role: "group", "aria-label": "可以做的" }, ...buttons);
  }

  /* Nothing said yet: who I am here, and what can be typed; in short below messages that are already there. */
  start(brief) {
    const { page } = this;
    const group = page.group();
    const face = `start ${page.place} ${brief}`;
    const known = this.nodes.get(face);
    if (known) return known.node;
    const how = "订单的事，像跟同事说话一样打一行字就行。点一句试试：";
    const title = group ? `${group.name}还没有消息` : `${page.me.name}，你好！`;
    const words = group
      ? "轮到这个群做的事会出现在这里。也可以直接在群里说："
      : `我是${page.bot}。${how}`;
    const head = brief ? [el("p", {}, group ? "可以这样说：" : how)] : [botAvatar("large"), el("h2", {}, title), el("p", {}, words)];
    const lines = page.me.examples.map((line) =>
      el("button", { type: "button", class: "example", onclick: () => this.on.example(line) }, line),
    );
    const node = el("section", { class: brief ? "start brief" : "start" }, ...head, ...lines);
    this.nodes.set(face, { face, node });
    return node;
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.stuck = true;
    this.below.hidden = true;
  }
}

/* A file that was sent: its name, and how large it is. */
function paper({ name, size }) {
  const large = size < 1024 ? `${size} 字节` : size < 1024 * 1024 ? `${Math.round(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
  return el(
    "div",
    { class: "bubble words paper" },
    el("span", { class: "paper-kind", "aria-hidden": "true" }, name.split(".").at(-1).slice(0, 4).toUpperCase()),
    el("span", { class: "paper-words" }, el("b", { dir: "auto" }, name), el("small", {}, large)),
  );
}
