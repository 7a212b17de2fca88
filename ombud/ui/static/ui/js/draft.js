// A draft is saved while one writes. What the server could not take is kept in this browser until it can.
import { clock, say } from "ui/words";
import { send, token } from "ui/wire";

const PAUSE = 800; // milliseconds after the last letter

export class Draft {
  constructor(editor) {
    this.editor = editor;
    this.address = editor.getAttribute("save");
    this.store = `ombud:draft:${this.address}`;
    if (!this.address) return;
    addEventListener("online", () => this.dirty && this.save());
    addEventListener("pagehide", () => this.flush());
    editor.form?.addEventListener("submit", () => this.sent());
  }

  // Words that never reached the server, from this browser.
  kept() {
    return this.address ? localStorage.getItem(this.store) : null;
  }

  touch() {
    if (!this.address) return;
    this.dirty = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), PAUSE);
  }

  body() {
    const body = new FormData(this.editor.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  async save() {
    clearTimeout(this.pause);
    this.dirty = false;
    this.tell(say("saving"));
    try {
      await send(this.address, this.body());
      localStorage.removeItem(this.store);
      this.tell(say("saved", { time: clock(new Date()) }));
    } catch {
      this.dirty = true;
      localStorage.setItem(this.store, this.editor.input?.value ?? this.editor.area.value);
      this.tell(say("unsaved"));
    }
  }

  // The page goes away: the last words go with it.
  flush() {
    clearTimeout(this.pause);
    if (!this.dirty || !this.editor.form) return;
    this.dirty = false;
    fetch(this.address, { method: "POST", body: this.body(), keepalive: true, credentials: "same-origin", headers: { "X-CSRFToken": token() } });
  }

  sent() {
    clearTimeout(this.pause);
    this.dirty = false;
    localStorage.removeItem(this.store);
  }

  tell(words) {
    const place = this.editor.form?.querySelector("[data-saved]");
    if (place) place.textContent = words;
  }
}
