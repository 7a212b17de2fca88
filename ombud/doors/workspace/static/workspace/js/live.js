// What happened elsewhere appears by itself: the list at most once a second, the open ticket when it is among the cases.
import { conversation, refreshList, refreshTicket } from "workspace/panes";

const AGAIN = 1000; // milliseconds between two refreshes of the list

let last = 0;
let waiting = null;

function listSoon() {
  if (waiting) return;
  const wait = Math.max(0, last + AGAIN - Date.now());
  waiting = setTimeout(() => {
    waiting = null;
    last = Date.now();
    if (!document.hidden) refreshList().catch(() => {});
    else document.addEventListener("visibilitychange", listSoon, { once: true });
  }, wait);
}

document.addEventListener("om:live", ({ detail }) => {
  const everything = detail.everything || detail.kind === "back";
  const ours = everything || (detail.cases ?? []).includes(Number(conversation()?.dataset.case));
  if (detail.name === "presence") {
    if (ours) refreshTicket().catch(() => {});
    return;
  }
  if (!everything && !(detail.verbs ?? []).length) return;
  if (everything || detail.verbs.some((verb) => verb.startsWith("ticket."))) listSoon();
  if (ours && conversation()) refreshTicket().catch(() => {});
});
