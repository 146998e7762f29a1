/* The bot's neutral markdown as DOM nodes: bold, code, headings, lists, quotes, tables, line breaks. */

import { el } from "./dom.js";

const KINDS = [
  ["table", /^\s*\|(.+)\|\s*$/],
  ["quote", /^> ?(.*)$/],
  ["ol", /^\s*(\d{1,3})[.、)] ?(?=\D)(.+)$/],
  ["ul", /^\s*[-•·] +(.+)$/],
  ["heading", /^#{1,4} +(.+)$/],
];
const DASHES = /^[\s|:-]+$/;

export function markdown(text) {
  const holder = document.createDocumentFragment();
  for (const block of blocks(text)) holder.append(build(block));
  return holder;
}

/* Neighbouring lines of one kind belong together. */
function blocks(text) {
  const found = [];
  for (const line of text.replace(/\r/g, "").split("\n")) {
    const kind = line.trim() === "" ? "gap" : (KINDS.find(([, shape]) => shape.test(line)) ?? ["lines"])[0];
    const last = found.at(-1);
    if (last && last.kind === kind && kind !== "heading") last.lines.push(line);
    else found.push({ kind, lines: [line] });
  }
  return found.filter((block) => block.kind !== "gap");
}

function build({ kind, lines }) {
  const shape = KINDS.find(([name]) => name === kind)?.[1];
  const words = (line) => inline(line.match(shape).at(-1));
  if (kind === "heading") return el("h4", {}, words(lines[0]));
  if (kind === "ul") return el("ul", {}, ...lines.map((line) => el("li", {}, words(line))));
  if (kind === "ol") return ordered(lines, shape);
  if (kind === "table") return table(lines);
  if (kind === "quote") return el("blockquote", {}, ...broken(lines.map((line) => line.match(shape)[1])));
  return el("p", {}, ...broken(lines));
}

function ordered(lines, shape) {
  const items = lines.map((line) => {
    const [, number, words] = line.match(shape);
    return el("li", { value: number }, inline(words));
  });
  return el("ol", {}, ...items);
}

function table(lines) {
  const rows = lines.map((line) => line.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const headed = lines.length > 1 && DASHES.test(lines[1]);
  const body = rows.filter((_, index) => !DASHES.test(lines[index]));
  const row = (cells, tag) => el("tr", {}, ...cells.map((cell) => el(tag, {}, inline(cell))));
  const built = body.map((cells, index) => row(cells, headed && index === 0 ? "th" : "td"));
  return el("div", { class: "table" }, el("table", {}, el("tbody", {}, ...built)));
}

function broken(lines) {
  return lines.flatMap((line, index) => {
    const mark = /^\s*[✓✔]/.test(line) ? "good" : /^\s*[⚠✗]/.test(line) ? "warn" : "";
    const shown = mark ? el("span", { class: mark }, inline(line)) : inline(line);
    return index === 0 ? [shown] : [el("br"), shown];
  });
}

function inline(text) {
  const holder = document.createDocumentFragment();
  for (const part of text.split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/)) {
    if (/^\*\*[^*]+\*\*$/.test(part)) holder.append(el("strong", {}, part.slice(2, -2)));
    else if (/^`[^`]+`$/.test(part)) holder.append(el("code", {}, part.slice(1, -1)));
    else if (part) holder.append(part);
  }
  return holder;
}

/* One line of words, for the list of conversations. */
export function gist(text) {
  return text.replace(/\*\*|`|^[#>|\s-]+/gm, "").replace(/\s+/g, " ").trim().slice(0, 60);
}
