// <om-editor name save upload mentions replies>: a text area that becomes rich when it is seen. The form gets `name` as plain
// text and `name`_html; attached files are inputs called `attached`, people mentioned inputs called `mentioned`.
import { Files } from "ui/files";
import { Draft } from "ui/draft";
import { make } from "ui/make";
import { Suggestions } from "ui/suggest";
import { ask } from "ui/wire";

const CALL = /(?:^|\s)([@/])([^\s@/]{0,30})$/u; // "@ju" or "/ref" before the caret
const PAUSE = 120;

const asHtml = (text) => !text ? "" : text.split(/\r?\n/).map((line) => {
  const div = document.createElement("div");
  div.textContent = line;
  return div.innerHTML || "<br>";
}).join("<br>");

class Editor extends HTMLElement {
  async connectedCallback() {
    if (this.area) return;
    this.area = this.querySelector("textarea");
    this.form = this.closest("form");
    this.draft = new Draft(this);
    this.files = new Files(this);
    this.form?.addEventListener("keydown", (event) => this.submitKey(event));
    this.form?.addEventListener("click", (event) => this.press(event));
    await import("trix");
    if (this.isConnected) this.enrich();
  }

  disconnectedCallback() {
    this.draft?.flush();
    this.suggestions?.remove();
  }

  enrich() {
    const id = this.id || `editor-${crypto.randomUUID()}`;
    this.input = make("input", { type: "hidden", id: `${id}-html`, name: `${this.getAttribute("name")}_html` });
    this.input.value = this.draft.kept() ?? this.getAttribute("html") ?? asHtml(this.area.value);
    this.toolbar = make("trix-toolbar", { id: `${id}-bar` });
    this.toolbar.append(this.querySelector("template[data-toolbar]").content.cloneNode(true));
    this.rich = make("trix-editor", { class: "composer-text", input: this.input.id, toolbar: this.toolbar.id, role: "textbox", "aria-multiline": "true", "aria-label": this.querySelector("label")?.textContent, placeholder: this.area.placeholder, lang: this.area.lang });
    this.append(this.input, this.toolbar, this.rich);
    this.toggleAttribute("data-rich", true);
    this.area.tabIndex = -1;
    this.form?.querySelector("[data-toggle-toolbar]")?.removeAttribute("hidden");
    this.suggestions = new Suggestions((item) => this.insert(item));
    this.rich.addEventListener("trix-initialize", () => this.ready(), { once: true });
    this.rich.addEventListener("trix-change", () => this.changed());
    this.rich.addEventListener("trix-file-accept", (event) => {
      event.preventDefault();
      this.files.add([event.file]);
    });
    this.rich.addEventListener("keydown", (event) => this.suggestions.key(event), true);
    this.rich.addEventListener("blur", () => this.suggestions.hide());
  }

  ready() {
    const wantsFocus = this.hasAttribute("autofocus") || document.activeElement === this.area;
    if (wantsFocus) this.rich.focus();
    this.mark();
  }

  mark() {
    this.area.value = this.rich.editor.getDocument().toString().replace(/\n$/, "");
    this.form?.toggleAttribute("data-written", this.area.value.trim() !== "");
  }

  changed() {
    this.mark();
    this.draft.touch();
    this.dispatchEvent(new CustomEvent("om:written", { bubbles: true, detail: { text: this.area.value } }));
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.suggest(), PAUSE);
  }

  focus() {
    (this.rich ?? this.area).focus();
  }

  // What stands before the caret, if it calls for a suggestion.
  called() {
    const end = this.rich.editor.getPosition();
    const found = this.rich.editor.getDocument().toString().slice(0, end).match(CALL);
    const address = found && this.getAttribute(found[1] === "@" ? "mentions" : "replies");
    return address ? { address, typed: found[2], from: end - found[2].length - 1, end } : null;
  }

  async suggest() {
    this.call = this.called();
    if (!this.call) return this.suggestions.hide();
    this.request?.abort();
    this.request = new AbortController();
    try {
      const { items } = await ask(this.call.address, { q: this.call.typed }, this.request.signal);
      const box = this.rich.editor.getClientRectAtPosition(this.call.from) ?? this.rich.getBoundingClientRect();
      this.suggestions.show(items, { getBoundingClientRect: () => box });
    } catch {
      this.suggestions.hide();
    }
  }

  // A person ({label, value}) or a quick reply ({label, text, html}).
  insert(item) {
    const { editor } = this.rich;
    const mentions = this.call.address === this.getAttribute("mentions");
    editor.setSelectedRange([this.call.from, this.call.end]);
    if (mentions) {
      editor.insertString(`@${item.label} `);
      this.append(make("input", { type: "hidden", name: "mentioned", value: item.value }));
    } else if (item.html) editor.insertHTML(item.html);
    else editor.insertString(item.text ?? item.label);
    this.rich.focus();
  }

  press(event) {
    const button = event.target.closest("[data-insert], [data-toggle-toolbar], [data-composer-size]");
    if (!button) return;
    if (button.dataset.insert && this.rich) {
      this.rich.focus();
      const before = this.rich.editor.getDocument().toString()[this.rich.editor.getPosition() - 1];
      this.rich.editor.insertString((before && /\S/.test(before) ? " " : "") + button.dataset.insert);
    } else if (button.hasAttribute("data-toggle-toolbar")) {
      button.setAttribute("aria-expanded", String(this.toggleAttribute("data-toolbar-open")));
    } else if (button.hasAttribute("data-composer-size")) {
      button.setAttribute("aria-expanded", String(this.form.toggleAttribute("data-full")));
      this.focus();
    }
  }

  submitKey(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    const button = this.form.querySelector('.button:is([data-kind="primary"], [data-kind="inside"]):not([type="button"], [popovertarget], [disabled])');
    // Trix hands over what was typed with the next frame: without it a busy machine sends words without their end.
    requestAnimationFrame(() => requestAnimationFrame(() => this.form?.requestSubmit(button)));
  }
}

customElements.define("om-editor", Editor);
