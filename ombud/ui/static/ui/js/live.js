// <om-live src="/live/…"> or <om-live token-src="/live/token">: server-sent events, back again by itself; events="log presence"
// are the named ones to hear, and the name stands in the message.
// Each JSON message is an `om:live` event on document; its `topics` also wake elements with data-live="ticket:42 list",
// which get a `live` event (hx-trigger="live").
import { say } from "ui/words";
import { ask } from "ui/wire";

const FIRST = 500, MOST = 30000; // milliseconds between attempts
const PATIENCE = 4000; // a short gap is not worth a word

class Live extends HTMLElement {
  connectedCallback() {
    this.wait = FIRST;
    this.comesBack = () => this.connect();
    this.sees = () => document.hidden || this.source?.readyState === EventSource.OPEN || this.connect();
    addEventListener("online", this.comesBack);
    document.addEventListener("visibilitychange", this.sees);
    this.connect();
  }

  disconnectedCallback() {
    removeEventListener("online", this.comesBack);
    document.removeEventListener("visibilitychange", this.sees);
    clearTimeout(this.again);
    clearTimeout(this.quiet);
    this.source?.close();
  }

  async connect() {
    clearTimeout(this.again);
    this.source?.close();
    let address = this.getAttribute("src");
    try {
      const fresh = this.getAttribute("token-src");
      if (fresh) address = (await ask(fresh, {})).url;
    } catch {
      return this.retry();
    }
    if (!this.isConnected || !address) return;
    const source = (this.source = new EventSource(address));
    source.onopen = () => this.opened();
    source.onmessage = (event) => this.heard(event.data);
    for (const name of (this.getAttribute("events") ?? "").split(/\s+/).filter(Boolean)) {
      source.addEventListener(name, (event) => this.heard(event.data, name));
    }
    source.onerror = () => {
      source.close();
      if (source === this.source) this.retry();
    };
  }

  opened() {
    const missed = this.lost;
    this.wait = FIRST;
    this.lost = false;
    clearTimeout(this.quiet);
    this.quiet = null;
    this.notice?.remove();
    // What came while we were away was not heard: everybody who listens looks again.
    if (missed) this.heard(JSON.stringify({ kind: "back", topics: ["*"] }));
  }

  retry() {
    this.lost = true;
    this.quiet ??= setTimeout(() => this.tell(), PATIENCE);
    this.again = setTimeout(() => this.connect(), this.wait * (0.7 + Math.random() * 0.6));
    this.wait = Math.min(this.wait * 2, MOST);
  }

  tell() {
    this.notice ??= Object.assign(document.createElement("p"), { className: "unconnected", role: "status" });
    this.notice.textContent = say("offline");
    this.append(this.notice);
  }

  heard(text, name) {
    const detail = { name, ...JSON.parse(text) };
    document.dispatchEvent(new CustomEvent("om:live", { detail }));
    const topics = detail.topics ?? (detail.topic ? [detail.topic] : []);
    for (const element of document.querySelectorAll("[data-live]")) {
      const listens = element.dataset.live.split(/\s+/);
      if (topics.includes("*") || topics.some((topic) => listens.includes(topic))) {
        element.dispatchEvent(new CustomEvent("live", { detail }));
      }
    }
  }
}

customElements.define("om-live", Live);
