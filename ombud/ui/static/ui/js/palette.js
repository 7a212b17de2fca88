// <om-palette src="/palette" place="#4131">: does first, goes second. On the page, anything with data-command is a deed; those
// inside [data-deeds] are about the place and stand first, in the order of their data-command-rank; links of the rail are
// places; `src` answers ?q= with {"groups": [{"label", "items": [{"label", "about", "href", "icon", "state", "time"}]}]}.
import { icon, key, make } from "ui/make";
import { plain, say } from "ui/words";
import { ask } from "ui/wire";

const PAUSE = 120; // milliseconds after the last letter
const FIRST = 7; // deeds about the place that are shown before anything is typed

class Palette extends HTMLElement {
  open() {
    this.replaceChildren(this.draw());
    this.dialog.showModal();
    this.fill("");
  }

  draw() {
    this.field = make("input", { class: "palette-text", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", "aria-label": say("search"), placeholder: say("search"), autocomplete: "off", spellcheck: "false", oninput: () => this.fill(this.field.value), onkeydown: (event) => this.key(event) });
    this.list = make("div", { class: "palette-list", id: "palette-list", role: "listbox", "aria-label": say("search"), onclick: (event) => this.choose(event.target.closest("[role=option]"), event), onpointermove: (event) => this.mark(event.target.closest("[role=option]")) });
    this.tally = make("span", { class: "push", role: "status" });
    const magnifier = icon("search", 20);
    this.dialog = make("dialog", { class: "palette", "aria-label": say("search"), onclick: (event) => event.target === this.dialog && this.dialog.close() },
      make("div", { class: "palette-field" }, magnifier, this.field, key("Esc")), this.list,
      make("footer", { class: "palette-foot" }, make("span", {}, key("↑"), key("↓"), say("move")), make("span", {}, key("↵"), say("do_it")), this.tally));
    return this.dialog;
  }

  fill(typed) {
    const place = this.getAttribute("place");
    const deeds = matching(typed, document.querySelectorAll("[data-command]"));
    const here = deeds.filter(({ deed }) => deed.closest("[data-deeds]")).sort((a, b) => a.rank - b.rank);
    this.show([
      { label: place ? `${say("do")}, ${place}` : say("do"), items: typed.trim() ? here : here.slice(0, FIRST) },
      { label: say("do"), items: deeds.filter((item) => !here.includes(item)) },
      { label: say("go"), items: matching(typed, document.querySelectorAll(".rail-link[href]")) },
    ]);
    this.further(typed);
  }

  further(typed) {
    clearTimeout(this.pause);
    this.request?.abort();
    const src = this.getAttribute("src");
    if (!src || !typed.trim()) return;
    this.pause = setTimeout(async () => {
      this.request = new AbortController();
      try {
        const { groups } = await ask(src, { q: typed.trim() }, this.request.signal);
        this.show([...this.groups, ...groups], true);
      } catch (error) {
        if (error.name !== "AbortError") this.tally.textContent = say("failed");
      }
    }, PAUSE);
  }

  show(groups, complete = false) {
    if (!complete) this.groups = groups;
    const filled = once(groups);
    const kept = this.marked?.textContent;
    this.list.replaceChildren(...filled.flatMap((group) => [make("h3", { role: "presentation" }, group.label), ...group.items.map(row)]));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, n) => (option.id = `palette-${n}`));
    this.tally.textContent = this.options.length ? "" : say("nothing");
    this.mark(this.options.find((option) => complete && option.textContent === kept) ?? this.options[0]);
  }

  mark(option) {
    if (!option || option === this.marked) return this.marked?.isConnected || (this.marked = null);
    this.marked?.removeAttribute("aria-selected");
    this.marked = option;
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    if (this.options.length) this.tally.textContent = say("of", { n: this.options.indexOf(option) + 1, all: this.options.length });
  }

  key(event) {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && this.options.length) {
      event.preventDefault();
      const to = (this.options.indexOf(this.marked) + by + this.options.length) % this.options.length;
      this.mark(this.options[to]);
      this.marked.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.marked, event);
    }
  }

  choose(option, event) {
    if (!option) return;
    event.preventDefault();
    this.dialog.close();
    if (option.deed) option.deed.click();
    else if (event.ctrlKey || event.metaKey) window.open(option.href, "_blank", "noopener");
    else location.assign(option.href);
  }
}

function matching(typed, elements) {
  const words = plain(typed).split(/\s+/);
  return [...elements].map((element) => ({
    label: element.dataset.command || element.title || element.getAttribute("aria-label") || element.textContent.trim(),
    about: element.dataset.commandHint,
    icon: element.dataset.commandIcon,
    picture: element.dataset.commandIcon ? null : element.querySelector("svg")?.cloneNode(true),
    key: element.dataset.key,
    rank: Number(element.dataset.commandRank ?? 9),
    deed: element,
  })).filter(({ label, about, deed }) => !deed.disabled && words.every((word) => plain(`${label} ${about ?? ""}`).includes(word)));
}

// Every deed and place once, though page and server both know it (two customers may share a name); groups of one name are one.
function once(groups) {
  const names = new Map(), known = new Set();
  const name = ({ label, about, href }) => (about ? [label, about, href].join() : label);
  for (const { label, items } of groups) {
    const fresh = items.filter((item) => !known.has(name(item)) && known.add(name(item)));
    if (fresh.length) names.set(label, [...(names.get(label) ?? []), ...fresh]);
  }
  return [...names].map(([label, items]) => ({ label, items }));
}

function row(item) {
  const lead = item.picture ?? icon(item.icon ?? "arrow-right");
  const end = item.key ? item.key.split(" ").map(key) : item.time ? [make("span", { class: "t12 strong time-ink" }, item.time)] : [];
  const option = make("a", { class: "palette-row", role: "option", href: item.href, tabindex: "-1", "data-time": item.state },
    lead, make("span", { class: "clip" }, item.label), item.about && make("small", { class: "clip" }, item.about), end.length ? make("span", { class: "push" }, ...end) : null);
  option.deed = item.deed;
  return option;
}

customElements.define("om-palette", Palette);
