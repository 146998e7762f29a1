/* Makes elements. Text goes in as text nodes only: nothing anybody typed is ever read as HTML. */

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

/* A round sign with the last characters of a name; the tone comes from `of`, so a department keeps its colour. */
export function avatar(name, of, extra = "") {
  let tone = 0;
  for (const char of of) tone = (tone * 31 + char.codePointAt(0)) % 8;
  return el("span", { class: `avatar tone-${tone} ${extra}`, "aria-hidden": "true" }, name.slice(-2));
}

export function botAvatar(extra = "") {
  return el("span", { class: `avatar bot ${extra}`, "aria-hidden": "true" }, document.body.dataset.bot.slice(0, 2));
}
