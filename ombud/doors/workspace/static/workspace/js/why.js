// <om-why src> around a promise and its popover: it opens by hover, by focus and by a click, which keeps it open; what it
// says is fetched when it opens.
import { place } from "ui/place";

const HOVER = 250, LEAVE = 250; // milliseconds

class Why extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[popovertarget]");
    this.panel = this.querySelector("[popover]");
    this.addEventListener("pointermove", (event) => this.looked(event));
    this.addEventListener("pointerleave", () => {
      this.looking = false;
      this.soon(() => this.leave(), LEAVE);
    });
    // Who tabs here looks; a focus that the page gives back by itself is no look.
    this.button.addEventListener("keyup", (event) => event.key === "Tab" && this.peek());
    this.addEventListener("focusout", (event) => !this.contains(event.relatedTarget) && this.leave());
    this.button.addEventListener("click", (event) => this.keep(event));
    this.panel.addEventListener("toggle", (event) => this.toggled(event.newState === "open"));
    this.panel.addEventListener("click", (event) => event.target.closest("[data-shuts]") && this.panel.hidePopover());
  }

  soon(act, after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, after);
  }

  // A pointer that moves here looks; one under which the page was brought up to date does not.
  looked({ pointerType, movementX, movementY }) {
    if (this.looking || pointerType !== "mouse" || !(movementX || movementY)) return;
    this.looking = true;
    this.soon(() => this.peek(), HOVER);
  }

  peek() {
    // A menu that is open is not closed by a pointer that passes by.
    if (!this.isConnected || this.panel.matches(":popover-open") || document.querySelector('[popover=""]:popover-open:not([data-why])')) return;
    this.panel.dataset.peeked = ""; // it gives way when the page is brought up to date
    this.panel.showPopover();
  }

  leave() {
    if ("peeked" in this.panel.dataset && this.panel.matches(":popover-open")) this.panel.hidePopover();
  }

  // What was opened by looking at it stays open when it is pressed.
  keep(event) {
    clearTimeout(this.timer);
    if (!("peeked" in this.panel.dataset)) return;
    event.preventDefault();
    delete this.panel.dataset.peeked;
  }

  async toggled(open) {
    if (!open) {
      delete this.panel.dataset.peeked;
      return void this.dispatchEvent(new CustomEvent("om:read", { bubbles: true }));
    }
    const answer = await fetch(this.getAttribute("src"), { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || !this.panel.matches(":popover-open")) return;
    this.panel.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
    place(this.panel, this.button, this.panel.dataset.place);
  }
}

customElements.define("om-why", Why);

// Another time for an offer: its field counts only while it is unfolded.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(".offer-time")) return;
  const field = event.target.querySelector("input");
  field.disabled = !event.target.open;
  if (event.target.open) field.focus();
}, true);
