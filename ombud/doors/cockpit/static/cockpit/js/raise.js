// The form that raises: who leads it, who is told and the message follow the levels and the reason until one chooses oneself.
import { ask } from "ui/wire";

const form = document.getElementById("raise");
const words = form?.querySelector("textarea[name=message]");
const GRAVE = { "": 0, high: 3, critical: 4 };
const LEVEL = { low: 1, medium: 2, high: 3, critical: 4 };

function propose() {
  const grave = form.reason.value === "executive" ? 4 : LEVEL[form.severity.value];
  for (const box of form.querySelectorAll("input[name=told]:not([data-touched])")) box.checked = grave >= GRAVE[box.dataset.from];
}

let written = words?.value;
async function say() {
  const { severity, urgency, reason, manager } = form;
  const chosen = "touched" in manager.dataset ? manager.value : "";
  const asked = { severity: severity.value, urgency: urgency.value, reason: reason.value, manager: chosen };
  const { words: said, next_at, turn, why } = await ask(form.dataset.message, asked);
  document.getElementById("field-manager-help").textContent = why;
  if (!("touched" in manager.dataset)) manager.value = turn;
  if (!words || words.value !== written) return;
  words.value = written = said;
  form.next_at.value = next_at;
}

form?.addEventListener("change", ({ target }) => {
  if (["told", "manager"].includes(target.name)) target.dataset.touched = "";
  if (["severity", "reason"].includes(target.name)) propose();
  if (["severity", "urgency", "reason", "manager"].includes(target.name)) say().catch(() => {});
});
