// While a list is made or letters leave, the page looks again by itself.
import { refresh } from "cockpit/escalation";

const AGAIN = 1500; // milliseconds

setInterval(() => {
  if (!document.hidden && document.querySelector("[data-running]")) refresh();
}, AGAIN);
