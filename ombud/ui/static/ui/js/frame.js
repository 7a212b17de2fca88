// <om-frame src="/mail/7">: a stranger's HTML in a frame without scripts, as high as its content.
// The address is served by ombud.ui.frames.shut_in, with a policy of its own; ?images=1 allows pictures from elsewhere.
import { icon, make } from "ui/make";
import { say } from "ui/words";

const SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

class Frame extends HTMLElement {
  connectedCallback() {
    if (this.frame) return;
    this.frame = make("iframe", { sandbox: SANDBOX, title: this.getAttribute("label") || say("mail"), loading: "lazy", referrerpolicy: "no-referrer" });
    this.frame.addEventListener("load", () => this.fit());
    this.frame.src = this.getAttribute("src");
    this.append(this.frame);
    if (this.hasAttribute("images")) this.prepend(this.offer());
    this.querySelector(":scope > a")?.remove();
  }

  disconnectedCallback() {
    this.watcher?.disconnect();
  }

  offer() {
    const show = make("button", { type: "button", class: "button", "data-size": "small", onclick: () => this.showImages() }, say("show_images"));
    return make("p", { class: "mail-images" }, icon("shield-check", 14), make("span", {}, say("blocked_images")), show);
  }

  showImages() {
    const address = new URL(this.getAttribute("src"), document.baseURI);
    address.searchParams.set("images", "1");
    this.frame.src = address;
    this.querySelector(".mail-images").remove();
  }

  fit() {
    const inside = this.frame.contentDocument;
    if (!inside?.body) return;
    const measure = () => {
      const bar = this.frame.offsetHeight - this.frame.clientHeight;
      const wide = inside.documentElement.scrollWidth > inside.documentElement.clientWidth ? 16 : 0;
      this.frame.style.height = `${Math.ceil(inside.body.getBoundingClientRect().height) + bar + wide}px`;
    };
    measure();
    this.watcher?.disconnect();
    this.watcher = new ResizeObserver(measure);
    this.watcher.observe(inside.body);
  }
}

customElements.define("om-frame", Frame);
