// Puts fresh markup where old markup stands, child by child: what has the same id and the same data-rev stays as it is, with
// its focus, its selection, what was unfolded and what plays in it.
export function reconcile(old, fresh) {
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = old.firstElementChild;
  for (const next of [...fresh.children]) {
    const same = next.id && known.get(next.id);
    const keep = same && (same.dataset.rev ?? "") === (next.dataset.rev ?? "") && same.tagName === next.tagName;
    if (keep) {
      copyState(same, next);
      if (at === same) at = at.nextElementSibling;
      else old.insertBefore(same, at);
    } else {
      if (same) {
        const box = same.querySelector('input[type="checkbox"]');
        if (box?.checked) next.querySelector('input[type="checkbox"]')?.setAttribute("checked", "");
        if (at === same) at = at.nextElementSibling;
        same.remove();
      }
      old.insertBefore(next, at);
    }
    if (next.id) known.delete(next.id);
  }
  while (at) {
    const gone = at;
    at = at.nextElementSibling;
    gone.remove();
  }
}

// What may change without a new revision: which row is open, and the words of its time.
function copyState(old, fresh) {
  for (const name of ["aria-current", "data-unread"]) {
    if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
    else old.removeAttribute(name);
  }
  const [was, is] = [old.querySelector(".row-link"), fresh.querySelector(".row-link")];
  if (was && is) was.href = is.href;
}

export const parse = (html) => document.createRange().createContextualFragment(html);
