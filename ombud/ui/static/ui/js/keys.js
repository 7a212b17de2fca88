// Keyboard first. A link or button declares its key: data-key="r", "mod+k", "g i", "?"; data-key-label and
// data-key-group name it in the list that ? shows. j, k and x work on every [data-row].
import { key as cap, make } from "ui/make";
import { say } from "ui/words";

const SEQUENCE = 1000; // milliseconds in which "g i" is one shortcut
const TYPING = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable]:not([contenteditable="false"])';
const registry = new Map();

export function register(name, act, label, group) {
  registry.set(name, { act, label, group });
}

const pressed = (event) => {
  const name = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? "mod+" : "") + (event.altKey ? "alt+" : "") + name;
};

const shown = (element) => element.checkVisibility() && !element.disabled && !element.closest("[inert]");

function act(element) {
  if (element.matches(TYPING)) {
    element.focus();
    element.select?.();
  } else element.click();
}

// Rows: the focused one, else the current one, else none.
const rows = () => [...document.querySelectorAll("[data-row]")].filter(shown);
const standing = () => document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row][aria-current]");

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(standing());
  const to = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))];
  (to.querySelector(".row-link") ?? to).focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

function select() {
  const box = standing()?.querySelector('input[type="checkbox"]');
  if (box) box.click();
}

class Keys extends HTMLElement {
  connectedCallback() {
    this.typed = "";
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  press(event) {
    if (event.isComposing || event.defaultPrevented || event.key === "Shift") return;
    const typing = event.target.closest?.(TYPING);
    const combination = event.ctrlKey || event.metaKey || event.altKey;
    if (document.querySelector("dialog:modal") || document.querySelector(".menu:popover-open")) return;
    const single = pressed(event);
    clearTimeout(this.forget);
    const pair = this.typed && `${this.typed} ${single}`;
    this.typed = typing || combination ? "" : single;
    this.forget = setTimeout(() => (this.typed = ""), SEQUENCE);
    for (const name of [pair, single]) {
      if (name && this.run(name, typing)) {
        this.typed = "";
        event.preventDefault();
        return;
      }
    }
  }

  run(name, typing) {
    const found = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key.toLowerCase() === name.toLowerCase() && shown(element) && (!typing || element.hasAttribute("data-key-anywhere")));
    if (found) return act(found), true;
    if (typing || !registry.has(name)) return false;
    return registry.get(name).act() !== false;
  }

  open() {
    this.replaceChildren(this.draw());
    this.firstChild.showModal();
  }

  draw() {
    const groups = new Map();
    const add = (name, label, group) => {
      const list = groups.get(group) ?? groups.set(group, new Map()).get(group);
      if (label) list.set(label, name);
    };
    for (const [name, { label, group }] of registry) if (rows().length || !group) add(name, label, group || say("here"));
    for (const element of document.querySelectorAll("[data-key]")) {
      add(element.dataset.key, element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim(), element.dataset.keyGroup || say("here"));
    }
    const dialog = make("dialog", { class: "palette keys", "aria-labelledby": "keys-title", onclick: (event) => event.target === dialog && dialog.close() },
      make("header", { class: "split" }, make("h2", { id: "keys-title", class: "t16 strong" }, say("keyboard")),
        make("form", { method: "dialog" }, make("button", { class: "button", "data-kind": "quiet", "data-size": "small" }, say("close"), " ", cap("Esc")))),
      make("div", { class: "keys-grid" }, ...[...groups].filter(([, list]) => list.size).map(([group, list]) =>
        make("section", {}, make("h3", {}, group), make("ul", {}, ...[...list].map(([label, name]) => make("li", {}, make("span", {}, ...caps(name)), label)))))));
    return dialog;
  }
}

const NAMES = { mod: /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl", enter: "↵", escape: "Esc", arrowup: "↑", arrowdown: "↓" };
const caps = (name) => name.split(/[ +]/).map((part) => cap(NAMES[part.toLowerCase()] ?? part));

customElements.define("om-keys", Keys);
register("j", () => move(1), say("key_next"), say("key_move"));
register("k", () => move(-1), say("key_previous"), say("key_move"));
register("x", select, say("key_select"), say("key_move"));
