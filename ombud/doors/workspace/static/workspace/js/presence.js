// Says that one reads or writes here, so that others know; and stops saying so when one leaves.
import { conversation, refreshTicket } from "workspace/panes";
import { token } from "ui/wire";

const EVERY = 15000; // milliseconds; the server forgets somebody after 40 s

let doing = "reading";
let here = null;
let since = 0;

function tell(what, address = here) {
  if (!address) return;
  const body = new FormData();
  body.append("doing", what);
  fetch(address, { method: "POST", body, keepalive: true, credentials: "same-origin", headers: { "X-CSRFToken": token(), Accept: "application/json" } }).catch(() => {});
}

function look() {
  const now = conversation()?.dataset.here ?? null;
  if (now === here) return;
  if (here) tell("gone");
  here = now;
  doing = "reading";
  if (here && !document.hidden) tell(doing);
}

document.addEventListener("desk:opened", look);
document.addEventListener("om:written", (event) => {
  since = Date.now();
  if (!event.detail.text.trim() || doing === "writing") return;
  doing = "writing";
  tell(doing);
});
document.addEventListener("desk:sent", () => (doing = "reading"));
document.addEventListener("visibilitychange", () => tell(document.hidden ? "gone" : doing));
addEventListener("pagehide", () => tell("gone"));

setInterval(() => {
  if (document.hidden || !here) return;
  if (Date.now() - since > 2 * EVERY) doing = "reading";
  tell(doing);
  // Somebody whose browser died is gone without a word.
  const until = Date.parse(document.getElementById("presence")?.dataset.until ?? "");
  if (until && until < Date.now()) refreshTicket().catch(() => {});
}, EVERY);

look();
