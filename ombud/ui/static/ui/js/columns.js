// On a phone one column at a time: what has data-goes="conversation" shows that column; the way back is the browser's.
const phone = matchMedia("(width < 48rem)");

class Columns extends HTMLElement {
  connectedCallback() {
    this.columns = this.querySelector(".columns");
    this.went = (event) => this.click(event);
    this.back = (event) => event.state?.column && this.show(event.state.column);
    this.addEventListener("click", this.went);
    addEventListener("popstate", this.back);
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.back);
  }

  click(event) {
    const to = event.target.closest("[data-goes]");
    if (!to || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const column = to.dataset.goes;
    // A link has its own address, which htmx or the browser puts into the history; a button needs an entry of ours.
    if (phone.matches && !to.href && column !== this.columns.dataset.at) {
      history.replaceState({ ...history.state, column: this.columns.dataset.at }, "");
      history.pushState({ column }, "");
    }
    this.show(column);
  }

  show(column) {
    this.columns.dataset.at = column;
    if (phone.matches) this.querySelector(`[data-column="${CSS.escape(column)}"] .scroll`)?.focus({ preventScroll: true });
  }
}

customElements.define("om-columns", Columns);
