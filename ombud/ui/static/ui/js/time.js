// <om-time as="ago|left|span"><time datetime="…">: words that go on ticking without a reload.
import { locale, say } from "ui/words";

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "short" });

export function span(seconds) {
  const s = Math.floor(Math.abs(seconds));
  if (s < MINUTE) return say("seconds", { n: s });
  if (s < HOUR) return say("minutes", { n: Math.floor(s / MINUTE) });
  if (s < DAY) {
    const hours = Math.floor(s / HOUR), minutes = Math.floor((s % HOUR) / MINUTE);
    return minutes ? say("hours_minutes", { hours, minutes: String(minutes).padStart(2, "0") }) : say("hours", { n: hours });
  }
  const days = Math.floor(s / DAY), hours = Math.floor((s % DAY) / HOUR);
  return hours ? say("days_hours", { days, hours }) : say("days", { n: days });
}

export function ago(seconds) {
  const size = Math.abs(seconds);
  if (size < 45) return say("just_now");
  const [unit, length] = size < HOUR ? ["minute", MINUTE] : size < DAY ? ["hour", HOUR] : size < 30 * DAY ? ["day", DAY] : size < 365 * DAY ? ["month", 30 * DAY] : ["year", 365 * DAY];
  return relative.format(Math.sign(seconds) * Math.max(1, Math.round(size / length)), unit);
}

const shown = new Set();

class Time extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time") ?? this;
    shown.add(this);
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  tick(now) {
    const at = Date.parse(this.time.getAttribute("datetime"));
    if (Number.isNaN(at)) return;
    const seconds = (at - now) / 1000;
    const words = this.getAttribute("as") === "ago" ? ago(seconds) : span(seconds);
    if (this.time.textContent !== words) this.time.textContent = words;
    if (this.getAttribute("as") === "left" && seconds <= 0 && !this.passed) {
      this.passed = true;
      this.dispatchEvent(new CustomEvent("om:passed", { bubbles: true }));
    }
  }
}

customElements.define("om-time", Time);
setInterval(() => {
  if (document.hidden) return;
  const now = Date.now();
  for (const each of shown) each.tick(now);
}, 1000);
