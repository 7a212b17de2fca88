// Opening a ticket beside the list, and refreshing panes without touching what somebody is writing.
import { reconcile, parse } from "workspace/reconcile";

const columns = () => document.querySelector("om-columns > .columns");
export const conversation = () => document.getElementById("conversation");
const list = () => document.getElementById("list");

async function fetchPart(address, part, more = {}) {
  const url = new URL(address, location.href);
  url.searchParams.set("part", part);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  const answer = await fetch(url, { credentials: "same-origin", headers: { "X-Requested-With": "part" } });
  if (answer.redirected && !new URL(answer.url).searchParams.has("part")) return void location.reload();
  if (!answer.ok) throw Object.assign(new Error(answer.statusText), { status: answer.status });
  return answer.text();
}

let opening = 0;

// Shows a ticket of this address; its conversation begins at the newest word.
export async function open(address, { push = true, focus } = {}) {
  const mine = ++opening;
  mark(address);
  let html;
  try {
    html = await fetchPart(address, "ticket");
  } catch {
    return void location.assign(address);
  }
  if (mine !== opening || html === undefined) return;
  put(html);
  if (push) history.pushState({ desk: true }, "", address);
  settled();
  if (focus) columns().querySelector(focus)?.focus();
}

// Everything beside the list.
function put(html) {
  for (const old of [...columns().children]) if (old.id !== "list") old.remove();
  columns().append(parse(html));
  delete columns().dataset.columns;
}

export function settled() {
  const here = conversation();
  columns().dataset.at = here ? "conversation" : "list";
  const thread = document.getElementById("thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
  const head = document.getElementById("ticket-head");
  const palette = document.getElementById("palette");
  if (head) palette?.setAttribute("place", head.dataset.place);
  else palette?.removeAttribute("place");
  if (here) document.title = `${head.dataset.place} ${head.querySelector("h2")?.textContent ?? ""} · Ombud`;
  document.dispatchEvent(new CustomEvent("desk:opened"));
}

function mark(address) {
  const path = new URL(address, location.href).pathname;
  for (const row of list()?.querySelectorAll("[data-row]") ?? []) {
    const current = new URL(row.querySelector(".row-link").href).pathname === path;
    if (current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

// The list as it is now, as long as it was, with its scroll and its selection.
export async function refreshList() {
  const here = list();
  if (!here) return;
  const size = here.querySelectorAll("#rows > [data-row]").length;
  const html = await fetchPart(location.href, "list", { size });
  if (html === undefined) return;
  const fresh = parse(html);
  reconcile(document.getElementById("rows"), fresh.querySelector("#rows"));
  for (const part of [".bar > .number", ".views", ".burning", ".oldest", ".nobody-waits"]) swap(here, fresh, part);
  document.dispatchEvent(new CustomEvent("desk:listed"));
}

function swap(here, fresh, selector) {
  const [old, next] = [here.querySelector(selector), fresh.querySelector(selector)];
  if (old?.matches(":has(:popover-open)")) return;
  if (old && next) old.replaceWith(next);
  else if (old) old.remove();
  else if (next) here.querySelector("#list-scroll").append(next);
}

// The open ticket's thread, head, warnings and context; the composer stays.
export async function refreshTicket() {
  const here = conversation();
  if (!here) return;
  const html = await fetchPart(location.href, "thread");
  if (html === undefined || here !== conversation()) return;
  const fresh = parse(html);
  const thread = document.getElementById("thread");
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const before = thread.querySelectorAll("[data-kind]").length;
  reconcile(thread, fresh.querySelector("#thread"));
  const came = thread.querySelectorAll("[data-kind]").length - before;
  if (atEnd) thread.scrollTo({ top: thread.scrollHeight, behavior: came ? "smooth" : "instant" });
  replaceIdle("ticket-head", fresh);
  replaceIdle("warnings", fresh);
  const context = fresh.querySelector("om-drawer .scroll");
  const shown = document.querySelector("om-drawer > .scroll");
  if (context && shown && !shown.contains(document.activeElement)) shown.replaceChildren(...context.childNodes);
  document.dispatchEvent(new CustomEvent("desk:refreshed", { detail: { came } }));
}

// Somebody who writes a subject or has a menu open is not interrupted; the next refresh brings the rest.
function replaceIdle(id, fresh) {
  const [old, next] = [document.getElementById(id), fresh.querySelector(`#${id}`)];
  if (!old || !next || old.querySelector(":popover-open:not([data-peeked])") || old.querySelector("input:focus")) return;
  const name = old.contains(document.activeElement) && ["popovertarget", "aria-label"].find((one) => document.activeElement.hasAttribute(one));
  const focused = name && `[${name}="${CSS.escape(document.activeElement.getAttribute(name))}"]`;
  old.replaceWith(next);
  if (focused) next.querySelector(focused)?.focus({ preventScroll: true });
}

// The whole ticket again, the composer too: after a draft was sent or came back.
export async function reopen(address = location.href) {
  const html = await fetchPart(address, "ticket");
  if (html === undefined || !columns()) return;
  put(html);
  settled();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-open], a[data-write], a[data-back]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.dataset.write) return;
  if (link.hasAttribute("data-back")) return back(link);
  open(link.href);
});

function back(link) {
  if (history.state?.desk) history.back();
  else {
    history.pushState({}, "", link.href);
    show(link.href);
  }
}

addEventListener("popstate", () => show(location.href));

function show(address) {
  if (/\/(inbox\/[\w-]+|tickets)\/\d+\/$/.test(new URL(address).pathname)) return open(address, { push: false });
  opening += 1;
  mark(address);
  columns().dataset.at = "list";
  for (const old of [...columns().children]) if (old.id !== "list") old.remove();
  columns().dataset.columns = "two";
  document.dispatchEvent(new CustomEvent("desk:opened"));
}

if (conversation()) settled();
