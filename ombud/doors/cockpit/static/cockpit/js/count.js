// <om-count near="…"><time datetime="…"><b>24</b><small>min</small></time></om-count>: the time that is left, or by which an
// update is late, second by second; at the second its card turns near or broken. <om-now>: the time of day.
import { span } from "ui/time";
import { clock } from "ui/words";

const MARKS = { near: '<circle class="ring-mark" cx="12" cy="12" r="3.5"/>', broken: '<path class="ring-mark" d="M12 6.5v6.5M12 17v.01"/>' };
const ONE_NUMBER = /^(\d+)\s*(\D+)$/;
const shown = new Set();

class Ticking extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    shown.add(this);
    this.tick(Date.now());
  }

  disconnectedCallback() {
    shown.delete(this);
  }
}

class Count extends Ticking {
  tick(now) {
    const seconds = (Date.parse(this.time.getAttribute("datetime")) - now) / 1000;
    const words = span(seconds), sign = seconds <= 0 ? "−" : "";
    const [, number, unit] = words.match(ONE_NUMBER) ?? [null, words, ""];
    this.write("b", sign + number);
    this.write("small", unit);
    const near = Date.parse(this.getAttribute("near"));
    this.turn(seconds <= 0 ? "broken" : now >= near ? "near" : "running");
  }

  write(tag, words) {
    const place = this.time.querySelector(tag);
    if (place.textContent !== words) place.textContent = words;
  }

  turn(state) {
    const card = this.closest("[data-time]");
    if (card.dataset.time === state || card.dataset.time === "broken") return;
    card.dataset.time = state;
    const ring = card.querySelector(".ring");
    ring.dataset.time = state;
    if (state === "broken") ring.querySelector(".ring-left")?.remove();
    ring.querySelector(".ring-mark")?.remove();
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    mark.innerHTML = MARKS[state] ?? "";
    ring.append(...mark.childNodes);
    this.dispatchEvent(new CustomEvent("om:turned", { bubbles: true, detail: { state } }));
  }
}

class Now extends Ticking {
  tick(now) {
    const words = clock(new Date(now));
    if (this.time.textContent !== words) this.time.textContent = words;
  }
}

customElements.define("om-count", Count);
customElements.define("om-now", Now);
setInterval(() => {
  if (document.hidden) return;
  const now = Date.now();
  for (const each of shown) each.tick(now);
}, 1000);
