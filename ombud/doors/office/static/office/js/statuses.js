// 1 to 4 give an answer on the row where one is: the row that has the focus, else the first.
import { register } from "ui/keys";

const standing = () => document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row]");
const group = document.querySelector("h1").textContent;

for (const button of document.querySelector("[data-row]")?.querySelectorAll("[data-answer]") ?? []) {
  const which = button.dataset.answer;
  register(which, () => {
    const row = standing();
    const time = row?.querySelector('input[type="datetime-local"]');
    // A new time needs the time first.
    if (which === "4" && !time.value) return time.focus();
    return row?.querySelector(`[data-answer="${which}"]`).click();
  }, button.textContent.trim(), group);
}

// Enter in a row's time gives the new time, not the first answer of the form.
for (const time of document.querySelectorAll('[data-row] input[type="datetime-local"]')) {
  time.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    time.closest("[data-row]").querySelector('[data-answer="4"]').click();
  });
}
// Enter in a row's line would press the first answer: one chooses instead.
for (const line of document.querySelectorAll('[data-row] input[name="line"]')) {
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(), line.closest("[data-row]").querySelector("[data-answer]").focus();
  });
}
