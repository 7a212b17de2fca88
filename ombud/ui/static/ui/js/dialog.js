// A native dialog: opened by data-opens, or at once when it arrives with the attribute `open`.
class Dialog extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.closest("[data-close]")) this.dialog.close();
    });
    // A dialog that the server sent for one question goes when it is closed.
    this.dialog.addEventListener("close", () => this.hasAttribute("open") && this.remove());
    if (this.hasAttribute("open")) this.open();
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector("[autofocus], .dialog-body :is(input, select, textarea):not([type=hidden])")?.focus();
  }

  close() {
    this.dialog.close();
  }
}

customElements.define("om-dialog", Dialog);
