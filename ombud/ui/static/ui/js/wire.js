// How the page talks to the server: htmx with our CSRF token, and fetch for what is not HTML.
import htmx from "htmx";
import { say } from "ui/words";
import { toast } from "ui/toast";

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (!["GET", "HEAD"].includes(request.method)) request.headers["X-CSRFToken"] = token();
});

// A refusal is HTML only where a form shows it (422); all else is said in a toast and nothing is swapped.
document.addEventListener("htmx:before:swap", (event) => {
  const status = event.detail.ctx?.response?.status ?? 200;
  if (status >= 400 && status !== 422) event.preventDefault();
});

document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (status !== 422) toast(say(status === 403 ? "forbidden" : "failed"));
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.error?.name === "TypeError") toast(say("failed"));
});

export async function send(url, body, options = {}) {
  const answer = await fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
    ...options,
  });
  if (!answer.ok) throw Object.assign(new Error(answer.statusText), { status: answer.status });
  return answer;
}

export async function ask(url, query, signal) {
  const address = new URL(url, document.baseURI);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await fetch(address, { signal, credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

export { htmx, token };
