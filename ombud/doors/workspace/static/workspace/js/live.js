// What happened elsewhere appears by itself, at once: the list, and the open ticket when it is among the cases.
import { conversation, refreshList, refreshTicket } from "workspace/panes";

const LEAST = 150; // milliseconds between two refreshes
const WAY = 2000; // milliseconds that a ticket may need from the database to the page
const lately = new Map(); // case → when something happened to it
const REST = 3; // a refresh that took long is followed by a rest so many times as long, so that a busy server gets air

// A refresh that may be asked for as often as one likes, and comes as soon as the last one and its rest are over.
function calmly(refresh) {
  let timer = null, busy = false, again = false, free = 0;

  async function now() {
    timer = null;
    if (document.hidden) return void document.addEventListener("visibilitychange", soon, { once: true });
    [busy, again] = [true, false];
    const began = performance.now();
    await refresh().catch(() => {});
    free = performance.now() + Math.max(LEAST, REST * (performance.now() - began));
    busy = false;
    if (again) soon();
  }

  function soon() {
    if (busy) again = true;
    else timer ??= setTimeout(now, Math.max(0, free - performance.now()));
  }
  return soon;
}

const list = calmly(refreshList);
const ticket = calmly(refreshTicket);
const me = () => Number(document.querySelector("om-live")?.dataset.me);

// A clock that turned near or broken stands elsewhere in the list.
document.addEventListener("om:turned", list);
// What came while somebody read why was kept back.
document.addEventListener("om:read", ticket);

document.addEventListener("om:live", ({ detail }) => {
  const everything = detail.everything || detail.kind === "back";
  const here = Number(conversation()?.dataset.case);
  if (detail.name === "presence") {
    // That one came oneself is no news.
    if (detail.moved.some(([at, person]) => at === here && person !== me())) ticket();
    return;
  }
  if (!everything && !(detail.verbs ?? []).length) return;
  if (everything || detail.verbs.some((verb) => /^(ticket|climb|promise)\./.test(verb))) list();
  if (here && (everything || (detail.cases ?? []).includes(here))) ticket();
  if (lately.size > 500) lately.clear();
  for (const at of detail.cases ?? []) lately.set(at, performance.now());
});

// What happened to a ticket while it was on its way to this page.
document.addEventListener("desk:opened", () => {
  const here = Number(conversation()?.dataset.case);
  if (performance.now() - (lately.get(here) ?? -Infinity) < WAY) ticket();
});
