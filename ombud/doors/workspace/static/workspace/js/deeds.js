// Forms with data-deed are sent without leaving the page; the answer says what was done and how to undo it.
// A button with data-ask brings a dialog from the server.
import { parse } from "workspace/reconcile";
import { open, refreshList, refreshTicket, reopen } from "workspace/panes";
import { token } from "ui/wire";
import { toast } from "ui/toast";
import { say } from "ui/words";

export async function post(address, body) {
  const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": token(), Accept: "application/json" } });
  const said = await answer.json().catch(() => ({}));
  return { status: answer.status, ok: answer.ok, ...said };
}

// Says what came of it, and brings the page up to date. True when it was done.
export function told({ ok, status, words, undo, error, go }, { after } = {}) {
  if (!ok) {
    toast(error ?? say(status === 403 ? "forbidden" : "failed"));
    return false;
  }
  if (words) toast(words, { undo });
  if (go) location.assign(go);
  else if (after) after();
  else Promise.all([refreshTicket(), refreshList()]);
  return true;
}

export function show(html) {
  document.getElementById("asks").replaceChildren(parse(html));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-deed]") && !button?.matches("[data-deed]")) return;
  event.preventDefault();
  const sure = form.dataset.sure;
  if (sure && !confirm(sure)) return;
  const body = new FormData(form, button);
  if (form.hasAttribute("data-many")) {
    for (const box of document.querySelectorAll('#list input[name="tickets"]:checked')) body.append("tickets", box.value);
  }
  if (button?.dataset.setSeverity) {
    body.set("severity", button.dataset.setSeverity);
    body.set("urgency", button.dataset.setUrgency);
  }
  form.querySelectorAll("button").forEach((each) => (each.disabled = true));
  const answer = await post(button?.getAttribute("formaction") ?? form.getAttribute("action"), body);
  form.querySelectorAll("button").forEach((each) => (each.disabled = false));
  if (told(answer)) {
    form.closest("om-dialog")?.close();
    form.closest("[popover]:popover-open")?.hidePopover();
    form.querySelector('input[name="subject"]')?.blur();
    if (form.hasAttribute("data-many")) document.getElementById("list").set?.(false);
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-ask]");
  if (button) {
    button.closest("[popover]:popover-open")?.hidePopover();
    const answer = await fetch(button.dataset.ask, { credentials: "same-origin" });
    if (answer.ok) show(await answer.text());
    else toast(say(answer.status === 403 ? "forbidden" : "failed"));
  }
  if (event.target.closest("[data-print]")) print();
});

// A subject is saved when one leaves it, and taken back with Escape.
document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (field.matches?.(".subject input") && field.value !== field.defaultValue && field.isConnected) field.form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Escape" && field.matches?.(".subject input")) {
    field.value = field.defaultValue;
    field.blur();
  }
});

// After an undo everything may look different, the composer too.
document.addEventListener("om:undone", () => {
  refreshList();
  if (document.getElementById("conversation")) reopen();
});

export { open };
