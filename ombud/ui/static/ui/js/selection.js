// <om-selection> around a list: choose many with the box, Shift for a range, x by keyboard; the bar says how many.
import { say } from "ui/words";

class Selection extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("change", () => this.count());
    this.escape = (event) => event.key === "Escape" && this.chosen().length && !event.defaultPrevented && this.set(false);
    document.addEventListener("keydown", this.escape);
    this.swapped = () => this.count();
    document.addEventListener("htmx:after:swap", this.swapped);
    this.count();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.escape);
    document.removeEventListener("htmx:after:swap", this.swapped);
  }

  boxes() {
    return [...this.querySelectorAll(".row-pick input")];
  }

  chosen() {
    return this.boxes().filter((box) => box.checked);
  }

  click(event) {
    if (event.target.closest("[data-bulk-none]")) return this.set(false);
    if (event.target.matches("[data-bulk-all]")) return this.set(event.target.checked);
    if (!event.target.matches(".row-pick input")) return;
    const boxes = this.boxes();
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) {
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    this.last = event.target;
    this.count();
  }

  set(checked) {
    for (const box of this.boxes()) box.checked = checked;
    this.count();
  }

  count() {
    const n = this.chosen().length;
    const bar = this.querySelector("[data-bulk]");
    this.toggleAttribute("data-selecting", n > 0);
    if (!bar) return;
    bar.hidden = n === 0;
    bar.querySelector("[data-bulk-count]").textContent = say("selected", { n });
    const all = bar.querySelector("[data-bulk-all]");
    all.checked = n > 0 && n === this.boxes().length;
    all.indeterminate = n > 0 && !all.checked;
  }
}

customElements.define("om-selection", Selection);
