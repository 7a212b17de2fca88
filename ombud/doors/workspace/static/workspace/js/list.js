// The list: further rows come when one scrolls to them.
import { parse } from "workspace/reconcile";

let busy = false;

async function more(place) {
  if (busy) return;
  busy = true;
  const address = new URL(place.dataset.more, location.href);
  address.searchParams.set("part", "more");
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && place.isConnected) place.replaceWith(parse(await answer.text()));
  } finally {
    busy = false;
    watch();
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) more(entry.target);
}, { rootMargin: "600px" });

function watch() {
  seen.disconnect();
  const place = document.querySelector("#rows > [data-more]");
  if (place) seen.observe(place);
}

document.addEventListener("desk:listed", watch);
watch();
