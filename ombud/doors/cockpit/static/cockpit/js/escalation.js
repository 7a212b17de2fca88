// The escalation's page: deeds without leaving it, drafts as one types, and each region fresh when something happened.
import { token } from "ui/wire";
import { toast } from "ui/toast";
import { say } from "ui/words";

const PAUSE = 700; // milliseconds without a keystroke before a draft is saved
const LEAST = 200; // milliseconds between two refreshes

async function post(address, body) {
  const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": token(), Accept: "application/json" } });
  const said = await answer.json().catch(() => ({}));
  return { ok: answer.ok, status: answer.status, ...said };
}

// A region in which somebody writes or has something open is left alone until they are done.
function busy(region) {
  return region.querySelector(":popover-open") || (region.contains(document.activeElement) && document.activeElement.matches("input, textarea, select"));
}

let waiting = null;
export function refresh() {
  waiting ??= setTimeout(async () => {
    waiting = null;
    if (document.hidden) return void document.addEventListener("visibilitychange", refresh, { once: true });
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const region of document.querySelectorAll("[data-region]")) {
      const next = fresh.querySelector(`[data-region="${region.dataset.region}"]`);
      if (!next || busy(region) || next.innerHTML === region.seen) continue;
      const at = region.scrollTop;
      region.seen = next.innerHTML;
      region.innerHTML = next.innerHTML;
      region.scrollTop = at;
    }
    const main = document.getElementById("main");
    if (fresh.getElementById("main")?.dataset.cases) main.dataset.cases = fresh.getElementById("main").dataset.cases;
  }, LEAST);
}

document.addEventListener("om:live", ({ detail }) => {
  const mine = (document.getElementById("main")?.dataset.cases ?? "").split(" ").map(Number);
  if (detail.everything || detail.kind === "back" || (detail.cases ?? []).some((each) => mine.includes(each))) refresh();
});
document.addEventListener("om:passed", refresh);
document.addEventListener("om:undone", () => location.reload());
// What was put off while a popover was open is looked at when it closes.
document.addEventListener("toggle", (event) => event.target.popover && event.newState === "closed" && refresh(), true);

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-deed]")) return;
  event.preventDefault();
  clearTimeout(form.saving);
  const body = new FormData(form, button);
  const buttons = [...form.querySelectorAll("button")].filter((each) => !each.disabled);
  buttons.forEach((each) => (each.disabled = true));
  const answer = await post(form.getAttribute("action"), body);
  buttons.forEach((each) => (each.disabled = false));
  if (!answer.ok) return void toast(answer.error ?? say(answer.status === 403 ? "forbidden" : "failed"));
  form.closest("[popover]:popover-open")?.hidePopover();
  if (form.matches("#update")) {
    form.reset();
    form.querySelectorAll("textarea").forEach((each) => (each.value = ""));
    form.querySelector("[data-saved]").textContent = "";
  }
  if (answer.words) toast(answer.words, { undo: answer.undo ?? undefined });
  if (form.hasAttribute("data-whole") && !form.matches("#update")) location.reload();
  else {
    document.activeElement?.blur?.();
    refresh();
  }
});

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.draft || target.tagName !== "TEXTAREA") return;
  clearTimeout(form.saving);
  form.saving = setTimeout(async () => {
    const answer = await post(form.dataset.draft, new FormData(form));
    if (answer.ok) form.querySelector("[data-saved]").textContent = answer.words;
  }, PAUSE);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.matches("#update, .inside-form")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});
