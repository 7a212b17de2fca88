// The words that scripts say, from the page's catalogue.
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export const say = (key, values = {}) =>
  (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const language = document.documentElement.lang || "en";
export const locale = language === "en" ? "en-GB" : language;
export const zone = document.documentElement.dataset.zone || undefined;

export const clock = (date) =>
  new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(date);

// Without accents and case, as one types in a hurry.
export const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
