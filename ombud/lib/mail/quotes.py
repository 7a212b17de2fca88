"""The new words of a reply, told apart from what is quoted below, above or around them.

The rule over all rules: nothing that the person wrote may be lost. Where that is in doubt, more is kept.
"""

from dataclasses import dataclass

from ombud.lib.mail.quote_marks import (
    MOBILE_SIGNATURE,
    OUR_MARK,
    RULE,
    attribution,
    field,
    header_block,
    ruled_mark,
)

# `--` without its space begins a signature only if little follows; else it is a line somebody drew.
_SIGNATURE_LINES = 12
# Below a proper `-- ` companies put their disclaimers, but not whole letters.
_LONGEST_SIGNATURE = 60
# Nobody writes so many lines before quoting; what comes later is not searched for marks.
_SEARCHED_LINES = 20_000
# Longer lines are no marks of mail programs.
_LONGEST_MARK = 500


@dataclass(frozen=True, slots=True)
class Split:
    """`reply` is new, `quoted` was there before; `signature` belongs to neither.

    `mark` says what announced the quote: "wrote", "block", "original", "forward", "ours", "signs"
    (`>`) or ""; `cut_at` is the line where it stands, of `text.split("\\n")`.
    """

    reply: str
    quoted: str
    signature: str = ""
    mark: str = ""
    cut_at: int = -1
    why: str = ""


_WHY = {
    "wrote": "A line saying who wrote when begins the quoted part.",
    "block": "A block of From, Sent, To and Subject begins the quoted part.",
    "original": "A line saying “original message” begins the quoted part.",
    "forward": "A line saying “forwarded message” begins the forwarded part.",
    "ours": "Our own line “## … ##” begins the quoted part.",
    "signs": "Lines with > are the quoted part.",
}


def split_reply(text: str, *, is_reply: bool = True) -> Split:
    """Split the plain text of a mail. `is_reply`: headers or subject say that it answers something."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    mark, cut_at, hard_at = _first_mark(lines)
    if mark in ("", "signs") and not (mark and is_reply):
        reply, signature = _without_signature(lines)
        return _never_empty(text, Split(_text(reply) or _text(lines), "", signature))
    if cut_at == hard_at:
        split = _cut(lines, mark, cut_at)
    else:
        split = _around(lines, mark, cut_at, hard_at)
    return _never_empty(text, split)


def _first_mark(lines):
    """(what announces the first quote, its line, the line from where all is old)."""
    mark, cut_at = "", -1
    for at, line in enumerate(lines[:_SEARCHED_LINES]):
        bare = line.strip()
        if not bare:
            continue
        if bare[0] == ">":
            if not mark:
                mark, cut_at = "signs", at
            continue
        if len(bare) > _LONGEST_MARK:
            continue
        kind, start = _mark(lines, at, bare)
        if not kind:
            continue
        if kind == "wrote" and _next_is_quoted(lines, at + 1):
            if not mark:
                mark, cut_at = kind, start
            continue
        start = _up_over_rules(lines, start) if kind in ("block", "ours") else start
        return (mark, cut_at, start) if mark else (kind, start, start)
    return mark, cut_at, len(lines)


def _mark(lines, at, bare):
    """(kind, first line) of the mark that line `at` is or ends."""
    first, last = bare[0], bare[-1]
    if first == "#" and OUR_MARK.match(bare):
        return "ours", at - _loose_attribution(lines, at)
    if first in "-_=*—–─" or last in ":：":
        kind = ruled_mark(bare)
        if kind:
            return kind, at
    if last in ":：道到":
        count = attribution(lines, at)
        if count:
            return "wrote", at - count + 1
    if (":" in bare[:32] or "：" in bare[:32]) and header_block(lines, at):
        return "block", at
    return "", at


def _next_is_quoted(lines, at):
    for line in lines[at : at + 4]:
        if line.strip():
            return line.lstrip()[0] == ">"
    return False


def _up_over_rules(lines, at):
    """A drawn line right above a mark belongs to it."""
    above = at - 1
    while above >= 0 and at - above < 4:
        if lines[above].strip():
            return above if RULE.match(lines[above].strip()) else at
        above -= 1
    return at


def _loose_attribution(lines, at):
    """How many lines above our own mark end in a colon and hold an address or a number: "…, Ombud <…>:"."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above < 0 or not lines[above].rstrip().endswith((":", "：")) or len(lines[above]) > _LONGEST_MARK:
        return 0
    start = above
    while start > 0 and above - start < 2 and lines[start - 1].strip() and "@" not in lines[start]:
        start -= 1
    return at - start if any(c.isdigit() or c == "@" for c in "".join(lines[start : above + 1])) else 0


def _cut(lines, mark, cut_at):
    """All below the mark is old."""
    reply, signature = _without_signature(lines[:cut_at])
    return Split(_text(reply), _text(lines[cut_at:]), signature, mark, cut_at, _WHY[mark])


def _around(lines, mark, cut_at, hard_at):
    """Quoted lines with `>`, and perhaps new ones below or between them."""
    before = lines[:cut_at]
    live, signature = _without_signature(lines[cut_at:hard_at])
    old, later, between, kinds = [], [], False, []
    attributed = _attributions(live)
    for at, line in enumerate(live):
        bare = line.strip()
        if not bare:
            (later if kinds and kinds[-1] == "new" else old).append(line)
        elif bare[0] == ">" or at in attributed:
            between = between or "new" in kinds
            kinds.append("old")
            old.append(line)
        elif _begins_footer(live, at):
            signature = signature or _text(live[at:])
            break
        else:
            kinds.append("new")
            later.append(line)
    rest = lines[hard_at:]
    new_before, before_signature = _without_signature(before)
    if "new" not in kinds:
        why = _WHY[mark]
        signature = before_signature or signature
        return Split(_text(new_before), _text([*old, *rest]), signature, mark, cut_at, why)
    if not _text(before) and not between:
        why = "The quoted lines stand above; the new text below them is the reply."
        return Split(_text(later), _text([*old, *rest]), signature, mark, cut_at, why)
    kept, signature = _without_signature(lines[:hard_at])
    why = "New text stands between or below quoted lines, so all of it is kept."
    return Split(
        _text(kept), _text([*(line for line in old if line.strip()), *rest]), signature, mark, cut_at, why
    )


def _attributions(lines):
    """The numbers of the lines that say who wrote what is quoted below them."""
    found = set()
    for at, line in enumerate(lines[:_SEARCHED_LINES]):
        bare = line.strip()
        if bare and bare[0] != ">" and bare[-1] in ":：道到" and len(bare) < _LONGEST_MARK:
            count = attribution(lines, at)
            found.update(range(at - count + 1, at + 1))
    return found


def _begins_footer(lines, at):
    """A drawn line and a few more at the end: what a mailing list or a virus scanner adds."""
    if not RULE.match(lines[at].strip()) or len(lines) - at > _SIGNATURE_LINES:
        return False
    return not any(line.lstrip().startswith(">") for line in lines[at:])


def _without_signature(lines):
    """The lines before the signature, and the signature as text."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for at in range(end - 1, max(-1, end - 2 - _LONGEST_SIGNATURE), -1):
        bare = lines[at]
        if bare.lstrip().startswith(">"):
            break
        if bare == "-- " or (bare.strip() in ("--", "—") and end - at <= _SIGNATURE_LINES):
            return lines[:at], _text(lines[at + 1 : end])
    for at in range(end - 1, max(-1, end - 5), -1):
        bare = lines[at].strip()
        if bare and len(bare) < 160 and MOBILE_SIGNATURE.match(bare):
            return lines[:at], _text(lines[at:end])
        if bare and not RULE.match(bare) and not bare.startswith(("http", "<http")):
            break
    return lines[:end], ""


def _text(lines):
    """The lines as text, without empty ones around it."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return "\n".join(line.rstrip() for line in lines[start:end])


def _never_empty(text, split):
    """If nothing is left, what little there is counts as written: the signature, or the whole."""
    if split.reply:
        return split
    if split.signature and split.quoted:
        return Split(split.signature, split.quoted, "", split.mark, split.cut_at, split.why)
    why = split.why and f"{split.why} Nothing new stands beside it, so the whole text is shown."
    return Split(text.strip(), "", "", split.mark, split.cut_at, why)


def field_lines(lines, at):
    """The header block at or below line `at` as {"from": …, "subject": …}, and the line after it."""
    fields, last = {}, None
    while at < len(lines):
        bare = lines[at].strip()
        found = field(bare) if bare else None
        if found:
            last = found[0]
            fields.setdefault(last, found[1])
        elif bare and last is not None:
            if fields[last] and last == "subject" and len(fields) > 2 and len(fields[last]) < 60:
                break
            fields[last] = f"{fields[last]} {bare}".strip()
        elif (not bare and len(fields) >= 2) or (
            bare and not fields and not RULE.match(bare) and not ruled_mark(bare)
        ):
            break
        at += 1
    return fields, at
