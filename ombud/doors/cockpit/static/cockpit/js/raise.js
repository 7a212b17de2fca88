// The form that raises: who is proposed follows the severity and the reason until one chooses oneself; the message follows, too.
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
  if (!words || words.value !== written) return;
  const { words: said, next_at } = await ask(form.dataset.message, { severity: form.severity.value, urgency: form.urgency.value, manager: form.manager.value });
  if (words.value !== written) return;
  words.value = written = said;
  form.next_at.value = next_at;
}

form?.addEventListener("change", ({ target }) => {
  if (target.name === "told") target.dataset.touched = "";
  if (["severity", "reason"].includes(target.name)) propose();
  if (["severity", "urgency", "manager"].includes(target.name)) say().catch(() => {});
});
