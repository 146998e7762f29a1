/* The way to the server: JSON calls and the live stream. */

/* `said` is true when the server itself refused: sending the same again would not help. */
export class Refused extends Error {
  constructor(message, said) {
    super(message);
    this.said = said;
  }
}

const PATIENCE_MS = 60_000;

async function call(path, body) {
  const options = { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" };
  if (body) {
    options.method = "POST";
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
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
