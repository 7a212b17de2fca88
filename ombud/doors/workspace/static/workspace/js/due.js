// <om-due> around the time of a due promise: its words tick, and its ring turns near or broken at the second.
import { ago, span } from "ui/time";

const NEAR = 3600; // seconds; the same hour as in ombud/spine/sla/standing.py
const MARKS = { near: '<circle class="ring-mark" cx="12" cy="12" r="3.5"/>', broken: '<path class="ring-mark" d="M12 6.5v6.5M12 17v.01"/>' };
const shown = new Set();

class Due extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    this.at = Date.parse(this.time.getAttribute("datetime"));
    this.state = this.closest("[data-time]")?.dataset.time;
    shown.add(this);
    this.tick(Date.now());
    // Turned at the very moment, not at the next tick; what is further away than a day ticks long before.
    this.alarms = [this.at - NEAR * 1000, this.at].map((at) => at - Date.now()).filter((left) => left > 0 && left < 86_400_000)
      .map((left) => setTimeout(() => this.tick(Date.now()), left + 10));
  }

  disconnectedCallback() {
    shown.delete(this);
    this.alarms.forEach(clearTimeout);
  }

  tick(now) {
    const seconds = (this.at - now) / 1000;
    const words = seconds > 0 ? span(seconds) : ago(Math.min(seconds, -45));
    const sentence = seconds > 0 ? this.dataset.soon : this.dataset.late;
    const said = sentence ? sentence.replace("{time}", words) : words;
    if (this.time.textContent !== said) this.time.textContent = said;
    const state = seconds <= 0 ? "broken" : seconds <= NEAR ? "near" : "running";
    if (["running", "near"].includes(this.state) && state !== this.state) this.turn(state);
  }

  // Where it stands says so in colour and in shape, before the server was asked.
  turn(state) {
    this.state = state;
    const whole = this.closest("[data-time]");
    if (!whole) return;
    whole.dataset.time = state;
    const ring = whole.querySelector(".ring");
    if (ring) {
      ring.dataset.time = state;
      if (state === "broken") ring.querySelector(".ring-left")?.remove();
      ring.querySelector(".ring-mark")?.remove();
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      mark.innerHTML = MARKS[state] ?? "";
      ring.append(...mark.childNodes);
    }
    this.dispatchEvent(new CustomEvent("om:turned", { bubbles: true, detail: { state } }));
  }
}

customElements.define("om-due", Due);
setInterval(() => {
  if (document.hidden) return;
  const now = Date.now();
  for (const each of shown) each.tick(now);
}, 1000);
