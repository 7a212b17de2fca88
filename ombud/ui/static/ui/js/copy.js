// <om-copy value="…"> with a button: puts the value on the clipboard and says so.
import { say } from "ui/words";

const MOMENT = 1600;

class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const words = button.querySelector("span") ?? button;
    const before = words.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.getAttribute("value"));
      words.textContent = say("copied");
      setTimeout(() => (words.textContent = before), MOMENT);
    });
  }
}

customElements.define("om-copy", Copy);
