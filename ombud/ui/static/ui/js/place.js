// Puts a popover beside the button that opened it, inside the window. Written through CSSOM, which a strict CSP allows.
const GAP = 4;
const EDGE = 8;

export function place(floating, anchor, side = "start") {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const { innerWidth, innerHeight } = window;
  const rtl = document.documentElement.dir === "rtl";
  const atEnd = (side === "end") !== rtl;
  let left = side === "above" || atEnd ? box.right - width : box.left;
  let top = box.bottom + GAP;
  if (side === "above" || top + height > innerHeight - EDGE) top = box.top - GAP - height;
  if (top < EDGE) top = Math.min(box.bottom + GAP, Math.max(EDGE, innerHeight - EDGE - height));
  if (side === "end" && box.left < 80 && innerWidth >= 768) { // from the rail: to its right
    left = box.right + GAP;
    top = box.bottom - height;
  }
  floating.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  floating.style.top = `${Math.max(EDGE, top)}px`;
}

document.addEventListener("toggle", (event) => {
  const { target, newState } = event;
  if (!(target instanceof HTMLElement) || !target.hasAttribute("popover") || !target.dataset.place) return;
  const anchor = document.querySelector(`[popovertarget="${CSS.escape(target.id)}"]`);
  anchor?.setAttribute("aria-expanded", String(newState === "open"));
  if (newState === "open" && anchor) place(target, anchor, target.dataset.place);
}, true);

// What floats beside something goes when that something moves.
document.addEventListener("scroll", (event) => {
  for (const open of document.querySelectorAll("[data-place]:popover-open")) {
    if (!open.contains(event.target)) open.hidePopover();
  }
}, { capture: true, passive: true });
