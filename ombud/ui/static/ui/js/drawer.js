// The context column; where there is no room beside the conversation (below 75rem) it slides in from the side.
const narrow = matchMedia("(width < 75rem)");

class Drawer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => event.target.closest("[data-close]") && this.close());
    this.outside = (event) => {
      if (this.isOpen && !this.contains(event.target) && !event.target.closest?.("[data-opens], [popover], dialog")) this.close();
    };
    this.escape = (event) => event.key === "Escape" && this.isOpen && this.close();
    this.settle = () => this.toggleAttribute("inert", narrow.matches && !this.isOpen);
    document.addEventListener("pointerdown", this.outside);
    document.addEventListener("keydown", this.escape);
    narrow.addEventListener("change", this.settle);
    this.settle();
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.outside);
    document.removeEventListener("keydown", this.escape);
    narrow.removeEventListener("change", this.settle);
  }

  get isOpen() {
    return this.hasAttribute("data-open");
  }

  open(by) {
    if (this.isOpen) return this.close();
    this.by = by;
    this.toggleAttribute("data-open", true);
    by?.setAttribute("aria-expanded", "true");
    this.settle();
    if (narrow.matches) this.querySelector("[data-close]")?.focus();
  }

  close() {
    this.removeAttribute("data-open");
    this.by?.setAttribute("aria-expanded", "false");
    this.settle();
    this.by?.focus();
  }
}

customElements.define("om-drawer", Drawer);
