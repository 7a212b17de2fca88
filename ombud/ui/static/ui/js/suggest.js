// A list of suggestions under a caret or a field: arrows move, Enter and Tab choose, Escape closes.
import { icon, make } from "ui/make";
import { place } from "ui/place";

export class Suggestions {
  constructor(choose, list) {
    this.choose = choose;
    this.list = list ?? make("ul", { class: "menu suggest", role: "listbox", popover: "manual" });
    if (!list) document.body.append(this.list);
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) this.take(option);
    });
  }

  get shown() {
    return this.list.matches(":popover-open");
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  show(items, anchor) {
    if (!items.length) return this.hide();
    this.items = items;
    this.list.replaceChildren(...items.map((item) => make("li", { class: "menu-item", role: "option" },
      item.icon && icon(item.icon), make("span", { class: "grow clip" }, item.label, item.about && make("small", {}, item.about)))));
    if (!this.shown) this.list.showPopover();
    place(this.list, anchor);
    this.mark(0);
  }

  hide() {
    if (this.shown) this.list.hidePopover();
  }

  mark(at) {
    this.at = (at + this.options.length) % this.options.length;
    this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.at)));
    this.options[this.at]?.scrollIntoView({ block: "nearest" });
  }

  take(option = this.options[this.at]) {
    const item = this.items[this.options.indexOf(option)];
    this.hide();
    if (item) this.choose(item);
  }

  // True when the key was ours.
  key(event) {
    if (!this.shown || event.isComposing) return false;
    if (event.key === "ArrowDown") this.mark(this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at - 1);
    else if (event.key === "Enter" || event.key === "Tab") this.take();
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  remove() {
    this.list.remove();
  }
}
