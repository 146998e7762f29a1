/* The chat page: joins the parts. The address says who I am and where: `#/lina/group:warehouse`. */

import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { door, listen, newKey, Refused } from "./door.js";
import { Memory } from "./memory.js";
import { peopleSheet, showMe, showPeople } from "./people.js";
import { showPlaces } from "./places.js";
import { Talk } from "./talk.js";
import { clockTime, dayName, moment, untilMorning } from "./time.js";

const memory = new Memory();
const narrow = matchMedia("(max-width: 760px)");

const page = {
  memory,
  bot: document.body.dataset.bot,
  people: [],
  groups: [],
  me: null,
  place: "",
  clock: { at: { ms: 0, offset: 0 }, since: 0 },
  now() {
    return { ...this.clock.at, ms: this.clock.at.ms + performance.now() - this.clock.since };
  },
  person(id) {
    return this.people.find((one) => one.user_id === id) ?? { user_id: id, name: id, department: "", roles: [], role_names: [] };
  },
  nameOf(id) {
    return this.person(id).name;
  },
  group() {
    return this.groups.find((one) => `group:${one.key}` === this.place) ?? null;
  },
  placesOf(person) {
    const own = { id: `user:${person.user_id}`, name: this.bot, group: false, about: "一对一" };
    const groups = this.groups.filter((one) => person.groups.includes(one.key));
    return [own, ...groups.map((one) => ({ id: `group:${one.key}`, name: one.name, group: true, about: `${one.members.length}人` }))];
  },
};

let turn = Promise.resolve();
let drawing = null;
const LARGEST = 2 * 1024 * 1024;
const files = new Map(); // by the message's key; a reload forgets what was chosen
const composer = new Composer(page, (line) => speak(line), (file) => attach(file));
const talk = new Talk(page, {
  again: (entry) => deliver(entry),
  edit(entry) {
    memory.drop(entry);
    if (!entry.file) composer.fill(entry.text);
    show();
  },
  press(entry, { label, say }, byKeyboard) {
    mark(entry, { busy: say });
    speak(say, label).finally(() => {
      mark(entry, { busy: "", pressed: say });
      if (byKeyboard) composer.focus();
    });
  },
  example: (line) => composer.fill(line),
});

function mark(entry, values) {
  Object.assign(entry, values);
  entry.rev += 1;
  show();
}

/* What a button says may carry marks for the machine; people read its label. */
function speak(text, label = text) {
  const entry = { kind: "said", place: page.place, by: page.me.user_id, text, label, at: page.now(), key: newKey(), status: "sending" };
  return deliver(memory.add(entry));
}

function attach(file) {
  const about = { name: file.name, size: file.size };
  const entry = { kind: "said", place: page.place, by: page.me.user_id, text: file.name, label: file.name, file: about, at: page.now(), key: newKey(), status: "sending" };
  files.set(entry.key, file);
  return deliver(memory.add(entry));
}

/* One after the other, in the order they were said. The key stays: saying it again cannot count twice. */
function deliver(entry) {
  memory.change(entry, { status: "sending", error: "" });
  show();
  turn = turn.then(() => post(entry));
  return turn;
}

async function post(entry) {
  const { by, place, key } = entry;
  try {
    const { reply } = await give(entry, place.startsWith("group:") ? place.slice(6) : null);
    files.delete(key);
    memory.change(entry, { status: "sent" });
    if (reply) memory.add({ kind: "reply", place, to: by, ...reply, at: page.now() });
  } catch (error) {
    memory.change(entry, { status: error.said ? "refused" : "failed", error: error.message });
  }
  show();
}

function give({ by, text, key, file }, group) {
  if (!file) return door.say(by, group, text, key);
  const chosen = files.get(key);
  if (!chosen) throw new Refused("刷新过页面，请重新选这个文件", true);
  if (chosen.size > LARGEST) throw new Refused("超过 2 MB：请只留要下单的那一页，另存一份再发", true);
  return door.send(by, group, chosen, key);
}

/* Reads the address; without one, a salesperson stands before the bot, as a newcomer should. */
function arrive() {
  const [, person, place] = decodeURI(location.hash).split("/");
  const newcomer = page.people.find((one) => one.roles.join() === "sales") ?? page.people[0];
  if (!person) history.replaceState(null, "", `#/${newcomer.user_id}/user:${newcomer.user_id}`);
  page.me = page.people.find((one) => one.user_id === person) ?? newcomer;
  const open = page.placesOf(page.me).find((one) => one.id === place) ?? page.placesOf(page.me)[0];
  page.place = open.id;
  document.body.dataset.pane = place || !person ? "talk" : "places";
  byId("talk-name").textContent = open.name;
  byId("talk-about").textContent = page.group() ? page.group().members.map((id) => page.nameOf(id)).join("、") : "一对一，只有你看得到";
  composer.show();
  show();
  if (!narrow.matches) composer.focus();
}

function show() {
  if (!page.me) return;
  const visible = !document.hidden && (!narrow.matches || document.body.dataset.pane === "talk");
  if (visible) memory.seen(page.me.user_id, page.place);
  talk.show();
  showPlaces(page);
  showPeople(page.people, page.me.user_id, calls);
  showMe(page.me, page.people.some((one) => one !== page.me && calls(one)));
  const unread = page.placesOf(page.me).reduce((sum, one) => sum + memory.news(page.me.user_id, one.id).length, 0);
  byId("back-news").hidden = unread === 0;
  byId("back-news").textContent = unread;
  document.title = unread ? `(${unread}) ${page.bot}` : page.bot;
}

/* A burst of pushes is drawn once. */
function soon() {
  drawing ??= setTimeout(() => {
    drawing = null;
    show();
  }, 30);
}

/* What waits for a person: own messages, mentions, and what a group of theirs was told without naming anybody. */
function calls(person) {
  const own = new Set(page.groups.filter((one) => one.members.includes(person.user_id)).map((one) => `group:${one.key}`));
  const meant = ({ to, mentions }) =>
    to.startsWith("user:") || mentions.includes(person.user_id) || (mentions.length === 0 && own.has(to));
  return page.placesOf(person).flatMap(({ id }) => memory.news(person.user_id, id).filter(meant)).length;
}

function setClock(iso) {
  page.clock = { at: moment(iso), since: performance.now() };
  tick();
}

function tick() {
  const now = page.now();
  byId("now").textContent = `${dayName(now)} ${clockTime(now)}`;
}

function advanceBy(button) {
  button.addEventListener("click", async () => {
    const buttons = document.querySelectorAll("[data-advance]");
    const wish = button.dataset.advance;
    buttons.forEach((one) => (one.disabled = true));
    try {
      setClock((await door.advance(wish === "morning" ? untilMorning(page.now(), document.body.dataset.opens) : Number(wish))).now);
      lineIs(true);
    } catch (error) {
      lineIs(false, error.message);
    }
    buttons.forEach((one) => (one.disabled = false));
    show();
  });
}

function lineIs(good, words = "连接断开，正在重连……") {
  byId("line").hidden = good;
  byId("line").textContent = words;
}

async function start() {
  const state = await door.state();
  Object.assign(page, { people: state.people, groups: state.groups });
  setClock(state.now);
  let first = true;
  listen(0, {
    line: lineIs,
    hello({ run }) {
      if (!memory.isOf(run) && !first) location.reload();
      first = false;
    },
    push(item) {
      if (memory.push({ ...item, at: moment(item.at) }) && page.me) soon();
    },
    clock({ now }) {
      setClock(now);
      memory.caughtUp();
      if (!page.me) arrive();
    },
  });
}

document.querySelectorAll("[data-advance]").forEach(advanceBy);
peopleSheet();
byId("back").addEventListener("click", () => (location.hash = `#/${page.me.user_id}`));
window.addEventListener("hashchange", arrive);
document.addEventListener("visibilitychange", show);
setInterval(tick, 1000);
start().catch((error) => lineIs(false, `${error.message}。刷新页面再试。`));
