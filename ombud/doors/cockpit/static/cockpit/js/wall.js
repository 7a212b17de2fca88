// The wall redraws itself when something happens to an escalation or a climb, when a clock turns, and each minute.
import "cockpit/count";

const LEAST = 400; // milliseconds between two redraws
const REST = 3; // a redraw that took long is followed by a rest so many times as long
const MINUTE = 60_000;
const PARTS = ["wall-head", "wall-strip", "wall-body"];

let timer = null, busy = false, again = false, free = 0;

function soon() {
  if (busy) again = true;
  else timer ??= setTimeout(redraw, Math.max(0, free - performance.now()));
}

async function redraw() {
  timer = null;
  if (document.hidden) return void document.addEventListener("visibilitychange", soon, { once: true });
  [busy, again] = [true, false];
  const began = performance.now();
  await fetchWall().catch(() => {});
  free = performance.now() + Math.max(LEAST, REST * (performance.now() - began));
  busy = false;
  if (again) soon();
}

async function fetchWall() {
  const address = new URL(location.href);
  address.searchParams.set("part", "1");
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.redirected) return void location.reload(); // signed out
  if (answer.ok) put(document.createRange().createContextualFragment(await answer.text()));
}

// What one looks at stays where it is: scroll, focus, and the filter while it is open.
function put(fresh) {
  if (document.querySelector("#wall-filter:popover-open")) return;
  const wall = document.getElementById("main");
  const focused = document.activeElement?.closest?.("#main [id]")?.id;
  const scrolled = [...wall.querySelectorAll(".stage, .side")].map((part) => [part.id, part.scrollTop]);
  const [page, ...same] = [wall.scrollTop, ...PARTS.filter((id) => document.getElementById(id) && fresh.getElementById(id))];
  const shapes = PARTS.some((id) => !document.getElementById(id) !== !fresh.getElementById(id));
  if (shapes) wall.replaceChildren(fresh);
  else for (const id of same) document.getElementById(id).replaceWith(fresh.getElementById(id));
  for (const [id, top] of scrolled) if (top) document.getElementById(id)?.scrollTo({ top, behavior: "instant" });
  wall.scrollTop = page;
  if (focused && !document.getElementById(focused)?.contains(document.activeElement)) document.getElementById(focused)?.focus({ preventScroll: true });
}

document.addEventListener("om:turned", soon);
document.addEventListener("om:live", ({ detail }) => {
  const everything = detail.everything || detail.kind === "back";
  if (everything || (detail.verbs ?? []).some((verb) => /^(escalation|climb)\./.test(verb))) soon();
});
setInterval(soon, MINUTE);
