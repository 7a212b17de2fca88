// The composer: reply, note and forward in one place; sending with an undo; a question when something crossed.
import { conversation, refreshList, refreshTicket, reopen } from "workspace/panes";
import { post, show, told } from "workspace/deeds";
import { toast } from "ui/toast";
import { say } from "ui/words";

const form = () => document.querySelector("#write > form");

async function write(kind) {
  const now = form();
  if (now?.dataset.compose === kind) return focus();
  const address = new URL(location.href);
  address.searchParams.set("write", kind);
  await now?.querySelector("om-editor")?.draft?.save?.();
  const answer = await fetch(withPart(address), { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = document.createRange().createContextualFragment(await answer.text()).querySelector("#write");
  document.getElementById("write").replaceWith(fresh);
  focus();
}

function withPart(address) {
  const url = new URL(address);
  url.searchParams.set("part", "ticket");
  return url;
}

// The editor grows rich a moment after it appears.
function focus(tries = 20) {
  const editor = form()?.querySelector("om-editor");
  if (!editor) return;
  editor.focus();
  if (!editor.hasAttribute("data-rich") && tries) setTimeout(() => focus(tries - 1), 50);
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-write]");
  if (tab) {
    event.preventDefault();
    write(tab.dataset.write);
  }
  if (event.target.closest("[data-preview-button]")) preview();
  if (event.target.closest("[data-anyway]")) send(form(), lastButton, true);
  if (event.target.closest("[data-seen]")) seen();
});

async function preview() {
  const here = form();
  const answer = await fetch(here.dataset.preview, { method: "POST", body: body(here), credentials: "same-origin", headers: { "X-CSRFToken": here.elements.csrfmiddlewaretoken.value } });
  if (answer.ok) show(await answer.text());
  else toast(say("failed"));
}

// One has read what came meanwhile: it is no surprise any more.
function seen() {
  const newest = [...document.querySelectorAll("#thread [data-kind]")].map((each) => Number(each.id.split("-")[1]));
  form().elements.seen.value = Math.max(0, ...newest);
  document.querySelector("#asks om-dialog")?.close();
  const thread = document.getElementById("thread");
  thread.scrollTop = thread.scrollHeight;
}

function body(here, button) {
  const all = button ? new FormData(here, button) : new FormData(here);
  for (const [name, value] of [...all]) if (value instanceof File && !value.size) all.delete(name);
  return all;
}

let lastButton = null;
let sending = false;

async function send(here, button, anyway = false) {
  if (sending) return;
  sending = true;
  lastButton = button;
  const all = body(here, button);
  if (anyway) all.set("anyway", "1");
  here.toggleAttribute("data-sending", true);
  let answer;
  try {
    answer = await post(button?.getAttribute("formaction") ?? here.getAttribute("action"), all);
  } catch {
    toast(say("failed"));
  }
  sending = false;
  here.removeAttribute("data-sending");
  if (!answer) return;
  if (answer.status === 409 && answer.ask) {
    refreshTicket();
    return show(answer.ask);
  }
  const done = told(answer, { after: () => Promise.all([reopen(withoutWrite()), refreshList()]) });
  if (!done) return;
  here.querySelector("om-editor")?.draft?.sent?.();
  document.querySelector("#asks om-dialog")?.close();
  document.dispatchEvent(new CustomEvent("desk:sent"));
}

function withoutWrite() {
  const address = new URL(location.href);
  address.searchParams.delete("write");
  return address.href;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#write > form")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

// What is written moves the newest word out of sight: keep it there when it was.
document.addEventListener("om:written", () => {
  const thread = document.getElementById("thread");
  if (thread && thread.scrollHeight - thread.scrollTop - thread.clientHeight < 160) thread.scrollTop = thread.scrollHeight;
});

document.addEventListener("desk:refreshed", ({ detail }) => {
  const here = form();
  if (!here || detail.came <= 0 || here.hasAttribute("data-written")) return;
  // Nothing is written yet: what came is seen before the first letter.
  const newest = [...document.querySelectorAll("#thread [data-kind]")].map((each) => Number(each.id.split("-")[1]));
  if (newest.length && conversation()) here.elements.seen.value = Math.max(...newest);
});
