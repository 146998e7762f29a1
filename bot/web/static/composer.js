/* Where one types: Enter sends, Shift+Enter breaks the line, a draft stays with its conversation. */

import { byId, el } from "./dom.js";

const QUICK = ["我的待办", "帮助"];

export class Composer {
  constructor(page, send, attach) {
    this.page = page;
    this.send = send;
    this.attach = attach;
    this.text = byId("text");
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.keep());
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    byId("attach").addEventListener("click", () => byId("file").click());
    byId("file").addEventListener("change", ({ target }) => {
      this.files(target.files);
      target.value = ""; // the same file may be chosen again
    });
    this.text.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length && !event.clipboardData.types.includes("text/plain")) {
        event.preventDefault();
        this.files(event.clipboardData.files);
      }
    });
    this.dropping(document.querySelector(".talk"));
    byId("quick").replaceChildren(
      ...QUICK.map((line) => el("button", { type: "button", onclick: () => this.send(line) }, line)),
    );
  }

  /* Files dragged over the conversation land there, and nowhere else: a browser would open them. */
  dropping(talk) {
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => carries(event) && event.preventDefault());
    talk.addEventListener("dragover", (event) => carries(event) && (talk.dataset.drop = "here"));
    for (const kind of ["dragleave", "drop"]) talk.addEventListener(kind, () => delete talk.dataset.drop);
    talk.addEventListener("drop", (event) => carries(event) && this.files(event.dataTransfer.files));
  }

  files(list) {
    if (!this.text.disabled) for (const file of list) this.attach(file);
  }

  draftKey() {
    return `${this.page.me.user_id} ${this.page.place}`;
  }

  show() {
    byId("attach").disabled = false;
    this.text.disabled = false; // until somebody stands somewhere, what is typed would belong to nobody
    this.fill(this.page.memory.drafts[this.draftKey()] ?? "", false);
    this.text.placeholder = this.page.group() ? `在${this.page.group().name}里说……` : `对${this.page.bot}说……`;
  }

  fill(text, focus = true) {
    this.text.value = text;
    this.keep();
    if (focus) this.focus();
  }

  focus() {
    this.text.focus();
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  /* An Enter that only ends a choice of the input method (拼音) is not meant for us. */
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  keep() {
    const { memory } = this.page;
    if (this.text.value) memory.drafts[this.draftKey()] = this.text.value;
    else delete memory.drafts[this.draftKey()];
    memory.keep();
    byId("send").disabled = this.text.value.trim() === "";
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 140)}px`;
  }

  submit() {
    const line = this.text.value.trim();
    if (!line) return;
    this.fill("", false);
    this.send(line);
  }
}
