// <om-hours>: hours that are typed are drawn, and hours that are drawn are typed. Without it, typing is enough.
const DAY = 1440;
const STEP = 15;
const EDGE = 8; // pixels within which a bar's end is taken hold of
const TIME = /^(\d{1,2})(?:[:.h：時时点](\d{2})?)?$/;
const SVG = "http://www.w3.org/2000/svg";

const minutes = (said) => {
  const [, hour, minute] = said.trim().match(TIME) ?? [];
  return hour === undefined ? NaN : Number(hour) * 60 + Number(minute ?? 0);
};
const shown = (at) => `${Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`;
const clamp = (at) => Math.max(0, Math.min(DAY, at));

function read(text) {
  if (/^(24 ?h|0-24)$/i.test(text.trim())) return [[0, DAY]];
  const bars = text.split(/[,;，；、]/).filter((part) => part.trim()).map((part) => part.split(/[-–—~～至]/).map(minutes));
  if (bars.some((bar) => bar.length !== 2 || bar.some(Number.isNaN))) return null;
  return bars.map(([opens, closes]) => [opens, closes < opens ? closes + DAY : closes]);
}

const write = (bars) =>
  bars
    .filter(([opens, closes]) => closes > opens)
    .sort((a, b) => a[0] - b[0])
    .map(([opens, closes]) => `${shown(opens)}–${shown(closes > DAY && closes < opens + DAY ? closes - DAY : closes)}`)
    .join(", ");

class Row {
  constructor(row) {
    this.field = row.querySelector("input");
    this.svg = row.querySelector(".day-bar");
    this.svg.dataset.drawn = "";
    this.field.addEventListener("input", () => this.draw());
    this.svg.addEventListener("pointerdown", (event) => this.take(event));
    this.svg.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => this.leave());
    this.draw();
  }

  draw() {
    const bars = read(this.field.value);
    if (!bars) return; // half a word: what was drawn stays until it is whole
    this.svg.querySelectorAll(".open").forEach((bar) => bar.remove());
    for (const [opens, closes] of bars) {
      const bar = document.createElementNS(SVG, "rect");
      const of = { class: "open", x: `${(opens / DAY) * 100}%`, width: `${((Math.min(closes, DAY) - opens) / DAY) * 100}%`, y: 4, height: 22, rx: 4 };
      for (const [name, value] of Object.entries(of)) bar.setAttribute(name, value);
      this.svg.append(bar);
    }
  }

  at(event) {
    const box = this.svg.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * DAY;
  }

  take(event) {
    const bars = read(this.field.value);
    if (!bars || event.button || this.field.disabled) return;
    const at = this.at(event);
    const near = (EDGE / this.svg.clientWidth) * DAY;
    const index = bars.findIndex(([opens, closes]) => at > opens - near && at < Math.min(closes, DAY) + near);
    if (index < 0) this.held = { bars: [...bars, [at, at]], index: bars.length, part: "new", from: at };
    else this.held = { bars, index, part: this.part(bars[index], at, near), from: at };
    this.held.was = [...this.held.bars[this.held.index]];
    this.svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  part([opens, closes], at, near) {
    if (Math.abs(at - opens) < near) return "opens";
    return Math.abs(at - Math.min(closes, DAY)) < near ? "closes" : "both";
  }

  move(event) {
    if (!this.held) return;
    const { bars, index, part, from, was } = this.held;
    const to = Math.round(this.at(event) / STEP) * STEP;
    const by = Math.round((this.at(event) - from) / STEP) * STEP;
    if (part === "new") bars[index] = [Math.round(Math.min(from, to) / STEP) * STEP, Math.max(from, to)].map((one) => clamp(Math.round(one / STEP) * STEP));
    else if (part === "opens") bars[index] = [clamp(Math.min(to, was[1])), was[1]];
    else if (part === "closes") bars[index] = [was[0], clamp(Math.max(to, was[0]))];
    else if (was[0] + by >= 0 && was[1] + by <= DAY) bars[index] = [was[0] + by, was[1] + by];
    this.field.value = write(this.joined(bars));
    this.draw();
  }

  joined(bars) {
    const all = [];
    for (const bar of bars.map((one) => [...one]).sort((a, b) => a[0] - b[0])) {
      const last = all.at(-1);
      if (last && bar[0] < last[1]) last[1] = Math.max(last[1], bar[1]);
      else all.push(bar);
    }
    return all;
  }

  leave() {
    if (!this.held) return;
    this.held = null;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

class Hours extends HTMLElement {
  connectedCallback() {
    if (this.rows) return;
    this.rows = [...this.querySelectorAll(".hours-row")].map((row) => new Row(row));
  }
}

// <om-entries more="Add …">: one more empty entry, as the server would have drawn it.
class Entries extends HTMLElement {
  connectedCallback() {
    const words = this.getAttribute("more");
    if (!words || this.button) return;
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "button", textContent: words });
    this.button.dataset.size = "small";
    this.button.addEventListener("click", () => this.add());
    this.append(this.button);
  }

  add() {
    const total = this.querySelector('input[name$="-TOTAL_FORMS"]');
    const [last] = [...this.querySelectorAll("[data-entry]")].slice(-1);
    const made = last.cloneNode(true);
    const number = Number(total.value);
    for (const part of made.querySelectorAll("[name], [id], [for], [aria-describedby]"))
      for (const name of ["name", "id", "for", "aria-describedby"])
        if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/-\d+-/, `-${number}-`));
    for (const field of made.querySelectorAll("input")) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    made.querySelectorAll(".field-error").forEach((error) => error.remove());
    total.value = number + 1;
    last.after(made);
    made.querySelector("input").focus();
  }
}

// What was unfolded stays unfolded when the picture is drawn anew.
const unfolded = new Set();
document.addEventListener("toggle", ({ target }) => target.id && unfolded[target.open ? "add" : "delete"](target.id), true);
document.addEventListener("htmx:after:swap", () => unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", "")));

customElements.define("om-hours", Hours);
customElements.define("om-entries", Entries);
