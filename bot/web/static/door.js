/* The way to the server: JSON calls and the live stream. */

/* `said` is true when the server itself refused: sending the same again would not help. */
export class Refused extends Error {
  constructor(message, said) {
    super(message);
    this.said = said;
  }
}

const PATIENCE_MS = 60_000;

function call(path, body) {
  return ask(path, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/* The bytes are the body, and say so: a page of another site may not send such a thing. */
function upload(path, file) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
}

async function ask(path, request) {
  const options = { ...request, signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("没有发出去：连不上服务", false);
  }
  const document = await response.json().catch(() => ({}));
  if (response.ok) return document;
  const refused = response.status >= 400 && response.status < 500;
  throw new Refused(document.error ?? `服务暂时不可用（${response.status}）`, refused);
}

export const door = {
  state: () => call("/console/state"),
  say: (person, group, text, key) => call("/console/say", { as: person, in: group, text, key }),
  send: (person, group, file, key) =>
    upload(`/console/file?${new URLSearchParams({ as: person, in: group ?? "", name: file.name, key })}`, file),
  advance: (seconds) => call("/console/clock", { advance_s: seconds }),
};

/* Calls `on.hello|push|clock(data)` and `on.line(true|false)`; takes a broken line up again where it broke. */
export function listen(after, on) {
  let seen = after;
  let source;
  const open = () => {
    source = new EventSource(`/console/events?after=${seen}`);
    source.addEventListener("hello", (event) => {
      on.line(true);
      on.hello(JSON.parse(event.data));
    });
    source.addEventListener("push", (event) => {
      const item = JSON.parse(event.data);
      seen = Math.max(seen, item.seq);
      on.push(item);
    });
    source.addEventListener("clock", (event) => on.clock(JSON.parse(event.data)));
    source.onerror = () => {
      on.line(false);
      source.close();
      setTimeout(open, 1500);
    };
  };
  open();
  window.addEventListener("pagehide", () => source.close());
}

export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
