// The dial goes on by itself; when its time has come, the page asks anew how it stands, unless one is writing.
const dial = document.querySelector(".countdown[data-at]");
const MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

function parts(seconds) {
  const days = Math.floor(seconds / DAY), hours = Math.floor((seconds % DAY) / HOUR), minutes = Math.floor((seconds % HOUR) / MINUTE);
  if (days) return [[days, "d"], [hours, "h"]].filter(([n]) => n);
  return hours ? [[hours, "h"], [minutes, "min"]] : [[minutes, "min"]];
}

function tick() {
  const at = Date.parse(dial.dataset.at), since = Date.parse(dial.dataset.since), now = Date.now();
  const late = dial.dataset.state === "broken", seconds = Math.max(0, (late ? now - at : at - now) / 1000);
  dial.querySelector("b").replaceChildren(...parts(seconds).flatMap(([n, unit]) => {
    const small = document.createElement("small");
    small.textContent = dial.dataset[unit];
    return [String(n), small];
  }));
  const arc = dial.querySelector(".dial-left"), left = Math.min(1, Math.max(0, (at - now) / Math.max(1, at - since)));
  if (arc && !late) {
    arc.setAttribute("stroke-dasharray", `${(left * 100).toFixed(1)} 100`);
    arc.setAttribute("transform", `rotate(${((1 - left) * 360 - 90).toFixed(1)} 12 12)`);
  }
  const writing = [...document.querySelectorAll("textarea")].some((field) => field.value);
  if (!late && seconds === 0 && !writing && !document.hidden) location.reload();
}

if (dial) setInterval(tick, 15_000);
