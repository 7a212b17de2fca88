// A button with data-opens="id" opens the dialog, drawer, palette or list of keys with that id.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  const target = button && document.getElementById(button.dataset.opens);
  if (!target?.open) return;
  event.preventDefault();
  button.closest("[popover]")?.hidePopover();
  target.open(button);
});
