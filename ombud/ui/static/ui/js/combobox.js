// <om-combobox name multiple free src>: type to choose one (its words stay in the field) or several (chips).
import { icon, make } from "ui/make";
import { Suggestions } from "ui/suggest";
import { plain } from "ui/words";
import { ask } from "ui/wire";

const PAUSE = 150;
const MOST = 8;

class Combobox extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = this.querySelector('input[role="combobox"]');
    const list = this.querySelector("[role=listbox]");
    this.choices = [...list.children].map((option) => ({ value: option.dataset.value, label: option.textContent }));
    this.suggestions = new Suggestions((item) => this.take(item), list);
    if (!this.multiple) this.showOne();
    this.field.addEventListener("input", () => this.look());
    this.field.addEventListener("focus", () => !this.getAttribute("src") && this.look());
    this.field.addEventListener("blur", () => this.leave());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => {
      const chip = event.target.closest(".chip button")?.parentElement;
      if (chip) this.drop(chip);
      else if (event.target === this) this.field.focus();
    });
  }

  get multiple() {
    return this.hasAttribute("multiple");
  }

  get chips() {
    return [...this.querySelectorAll(".chip")];
  }

  look() {
    clearTimeout(this.pause);
    const typed = this.field.value.trim();
    const src = this.getAttribute("src");
    if (!src) return this.offer(this.choices.filter((choice) => plain(choice.label).includes(plain(typed))));
    if (!typed) return this.suggestions.hide();
    this.pause = setTimeout(async () => {
      this.request?.abort();
      this.request = new AbortController();
      try {
        this.offer((await ask(src, { q: typed }, this.request.signal)).items);
      } catch {
        this.suggestions.hide();
      }
    }, PAUSE);
  }

  offer(items) {
    const taken = new Set(this.chips.map((chip) => chip.dataset.value));
    this.suggestions.show(items.filter((item) => !taken.has(String(item.value))).slice(0, MOST), this);
    this.field.setAttribute("aria-expanded", String(this.suggestions.shown));
  }

  take({ value, label }) {
    const chip = make("span", { class: "chip", "data-value": value }, label, make("button", { type: "button", "aria-label": `× ${label}` }, icon("x", 12)));
    if (!this.multiple) this.clear();
    else this.field.before(chip);
    this.append(make("input", { type: "hidden", name: this.getAttribute("name"), value }));
    this.field.value = this.multiple ? "" : label;
    this.field.setAttribute("aria-expanded", "false");
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  drop(chip) {
    this.inputOf(chip.dataset.value)?.remove();
    chip.remove();
    this.field.focus();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  inputOf(value) {
    return [...this.querySelectorAll('input[type="hidden"]')].find((input) => input.value === value);
  }

  clear() {
    for (const old of this.querySelectorAll('.chip, input[type="hidden"]')) old.remove();
  }

  // One choice stands as words in the field rather than as a chip.
  showOne() {
    const chip = this.chips[0];
    if (!chip) return;
    this.field.value = chip.textContent.trim();
    chip.remove();
  }

  leave() {
    this.suggestions.hide();
    const typed = this.field.value.trim();
    if (this.hasAttribute("free") && typed && this.multiple) this.take({ value: typed, label: typed });
    else if (!this.multiple && !typed && this.querySelector('input[type="hidden"]')) {
      this.clear();
      this.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  key(event) {
    if (this.suggestions.key(event)) return;
    const typed = this.field.value.trim().replace(/[,;]$/, "");
    if (event.key === "Backspace" && !this.field.value && this.chips.length) this.drop(this.chips.at(-1));
    else if (this.hasAttribute("free") && this.multiple && typed && ["Enter", ",", ";"].includes(event.key)) {
      event.preventDefault();
      this.take({ value: typed, label: typed });
    }
  }
}

customElements.define("om-combobox", Combobox);
