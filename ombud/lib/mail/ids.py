"""Message-IDs: a mail's own, and those of the mails that it answers."""

import re

# The latest thousand ancestors find every thread there is; a hostile mail names a hundred thousand.
MAX_REFERENCES = 1_000
_ID = re.compile(r"<[^<>\s]{1,990}>")
_BARE_ID = re.compile(r"[^\s<>,;\"]{1,490}@[^\s<>,;\"]{1,490}")


def first_id(value):
    """The first Message-ID in a header, also one that lost its brackets; None if there is none."""
    found = _ID.search(value)
    if found:
        return found.group()
    bare = _BARE_ID.search(value[:2_000])
    return f"<{bare.group()}>" if bare else None


def references(headers, why):
    """In-Reply-To, and all ancestors in order, each once, In-Reply-To last unless named earlier."""
    ancestors = []
    for value in headers.all_raw("references"):
        ancestors += _ID.findall(value) or [f"<{bare}>" for bare in _BARE_ID.findall(value[:100_000])]
    answered = _ID.findall(headers.raw("in-reply-to")[:100_000])
    if not answered:
        # Some programs write a sentence here: "Your message of Monday, ada@desk.test"; that is no id.
        bare = headers.raw("in-reply-to").strip()
        answered = [f"<{bare}>"] if _BARE_ID.fullmatch(bare[:990]) else []
    known = list(dict.fromkeys([*ancestors, *answered]))
    if len(known) > MAX_REFERENCES:
        why.append(
            f"Of {len(known)} references only the first and the latest {MAX_REFERENCES - 1} were kept."
        )
        known = [known[0], *known[1 - MAX_REFERENCES :]]
    return (answered[0] if answered else None), tuple(known)
