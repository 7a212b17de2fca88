// Notices. toast("Sent", {undo: "/undo/7"}), an `om:toast` event (HX-Trigger), or an <om-toast> from the server.
import { say } from "ui/words";
import { icon, make } from "ui/make";

const PASSING = 6; // seconds a notice without an undo stays; WCAG asks that it can also be dismissed
const shelf = () => document.getElementById("toasts");

export function toast(words, { undo, seconds = 10, after } = {}) {
  const notice = make("om-toast", { class: "toast", role: "status", undo, seconds, after },
    make("span", { class: "toast-words" }, words),
    undo && make("button", { class: "button", type: "button", "data-undo": true },
      make("span", {}, say("undo")), make("span", { class: "toast-left number", "aria-hidden": "true" })),
    make("button", { class: "button", type: "button", "data-shape": "square", "data-dismiss": true, "aria-label": say("dismiss") }, icon("x")));
  shelf()?.append(notice);
  return notice;
}

class Toast extends HTMLElement {
  connectedCallback() {
    shelf()?.raise?.();
    this.undo = this.getAttribute("undo");
    this.left = this.undo ? Number(this.getAttribute("seconds") ?? 10) : PASSING;
    this.held = false;
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-dismiss]")) this.remove();
      if (event.target.closest("[data-undo]")) this.takeBack();
    });
    // While somebody reads or reaches for it, a passing notice waits. The undo does not: the server counts too.
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, () => (this.held = !this.undo));
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => (this.held = false));
    this.show();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    if (this.held) return;
    this.left -= 1;
    if (this.left <= 0) this.remove();
    else this.show();
  }

  show() {
    const left = this.querySelector(".toast-left");
    if (left) left.textContent = this.left;
  }

  async takeBack() {
    clearInterval(this.timer);
    const { send } = await import("ui/wire");
    try {
      const answer = await send(this.undo);
      toast(say("undone"));
      document.dispatchEvent(new CustomEvent("om:undone", { detail: { url: this.undo, answer } }));
      const next = this.getAttribute("after");
      if (next) location.assign(next);
    } catch {
      toast(say("undo_failed"));
    }
    this.remove();
  }
}

// Shown in the top layer, so that a notice is also seen above an open dialog.
class Toasts extends HTMLElement {
  connectedCallback() {
    this.popover = "manual";
    if (this.children.length) this.raise();
  }

  raise() {
    if (this.matches(":popover-open")) this.hidePopover();
    this.showPopover?.();
  }
}

customElements.define("om-toasts", Toasts);
customElements.define("om-toast", Toast);
document.addEventListener("om:toast", (event) => toast(event.detail.words, event.detail));
document.addEventListener("keydown", (event) => {
  const undo = document.querySelector("om-toast[undo]:last-of-type");
  const typing = event.target.closest?.("input, textarea, [contenteditable]");
  if (undo && !typing && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    undo.takeBack();
  }
});
