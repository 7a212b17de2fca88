// Arrow keys, letters and Escape in a menu; the popover API does the rest.
class Menu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("toggle", (event) => {
      if (event.newState === "open") this.items()[0]?.focus();
    }, true);
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => {
      if (event.target.closest('.menu-item:not([aria-haspopup])')) this.shown()?.hidePopover();
    });
  }

  shown() {
    return this.querySelector(".menu:popover-open");
  }

  items() {
    return [...this.querySelectorAll(".menu:popover-open .menu-item:not([disabled])")].filter((item) => item.checkVisibility());
  }

  key(event) {
    const items = this.items();
    if (!items.length) return;
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
    const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key.toLowerCase();
    const named = typed && items.find((item) => item.textContent.trim().toLowerCase().startsWith(typed));
    if (to === undefined && !named) return;
    event.preventDefault();
    event.stopPropagation();
    (named || items[to]).focus();
  }
}

customElements.define("om-menu", Menu);
