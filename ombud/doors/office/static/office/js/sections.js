// On a phone the sections are one line: the current one is moved into sight.
const current = document.querySelector(".sheet-side .side-link[aria-current]");
const line = current?.closest(".sheet-side");
if (line && line.scrollWidth > line.clientWidth) line.scrollLeft = current.offsetLeft - (line.clientWidth - current.offsetWidth) / 2;
