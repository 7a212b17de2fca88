// Light, dark or as the system: kept in a cookie, so that the server paints it right the first time.
const YEAR = 31536000;

class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme-choice]");
      if (!button) return;
      const choice = button.dataset.themeChoice;
      document.cookie = `ombud_theme=${choice}; path=/; max-age=${choice ? YEAR : 0}; samesite=lax`;
      if (choice) document.documentElement.dataset.theme = choice;
      else delete document.documentElement.dataset.theme;
      for (const each of this.querySelectorAll("[data-theme-choice]")) {
        each.setAttribute("aria-pressed", String(each === button));
      }
    });
  }
}

customElements.define("om-theme", Theme);
