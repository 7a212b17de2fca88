"""What was said: the latest letter, what was offered, and every word so far."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from babel.dates import format_timedelta
from django.utils.translation import gettext as _

from ombud.spine.escalations import theirs
from ombud.spine.escalations.models import Solution
from ombud.spine.sla.assured import assurances
from ombud.spine.tickets.models import Message
from ombud.spine.tickets.theirs import files_for_customer, read_by_customer
from ombud.ui.locales import reader_locale

from .names import full

MOST = 40  # lines; who wants all of it has the mails
FIGURE = re.compile(r"(\d[\d.,\u00a0 ]{0,12}\d|\d)\s*(\S.{2,38})")
GREETING = 60  # letters at most
ENDS_GREETING = (",", ":", "，", "：", "!", "！")
FIRST_WORDS = 160  # letters of something long; the rest unfolds


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


ANSWERED = {
    ("workaround", "accepted"): N_("You accepted the workaround."),
    ("workaround", "declined"): N_("The workaround is not good enough yet."),
    ("fix", "accepted"): N_("You accepted the solution."),
    ("fix", "declined"): N_("The solution is not good enough yet."),
}


@dataclass(frozen=True)
class Letter:
    """An update as a letter; `name` is who wrote it, `late` says so where it came late."""

    name: str
    at: datetime
    number: int
    parts: list
    late: str


@dataclass(frozen=True)
class Line:
    """One word of the history. `state`: kept, broken, or nothing; `theirs`: they said it themselves."""

    at: datetime
    words: str
    state: str = ""
    note: str = ""
    rest: str = ""
    by: str = ""
    theirs: bool = False
    files: list = field(default_factory=list)


@dataclass(frozen=True)
class Offer:
    """A solution for them to judge, or how they judged it. `words` where the letter does not say it."""

    kind: str
    words: str
    waiting: bool
    accepted: bool
    answered_at: datetime | None
    fix_due_at: datetime | None


def letter(updates, guest):
    """The latest update."""
    if not updates:
        return None
    last = updates[0]
    parts = [
        (_("Where it stands"), last.process),
        (_("What it means for you"), last.impact),
        (_("What we promised"), last.promises),
    ]
    parts = [(heading, words) for heading, words in parts if words]
    if len(parts) == 1:
        parts = [("", parts[0][1])]
    name = full(last.by, guest.brand) if last.by else guest.brand.name
    return Letter(name, last.sent_at, last.number, parts, lateness(last))


def offer(guest, updates):
    """What was offered last, if it is about them."""
    found = theirs.offered_to(guest.escalation, guest.ticket)
    if found is None:
        return None
    repeated = any(update.process == found.words for update in updates[:1])
    return Offer(
        kind=found.kind,
        words="" if repeated else found.words,
        waiting=found.is_waiting and guest.escalation.is_open,
        accepted=found.answer == Solution.Answer.ACCEPTED,
        answered_at=found.answered_at,
        fix_due_at=None if found.fix_settled_at else found.fix_due_at,
    )


def workaround(guest, updates):
    """How they get by until the fix is there: what they accepted, where the letter above does not say it."""
    rows = Solution.objects.filter(
        escalation=guest.escalation,
        kind=Solution.Kind.WORKAROUND,
        answer=Solution.Answer.ACCEPTED,
        fix_settled_at=None,
    )
    found = rows.order_by("-offered_at", "-id").first()
    above = any(update.process == found.words for update in updates[:1]) if found else True
    return "" if above or not guest.own else found.words


def figures(impact):
    """What it means in figures, [(number, of what)], where it was written so: “412 parcels; 3 shops”."""
    said = [part.strip(" .。") for part in re.split(r"[;；\n]+|[.。](?:\s|$)", impact) if part.strip(" .。")]
    found = [FIGURE.fullmatch(part) for part in said]
    return [(one[1], one[2]) for one in found] if 2 <= len(found) <= 3 and all(found) else []


def lateness(update):
    """“9 minutes later than we had promised”, or nothing."""
    if update.kept or update.due_at is None:
        return ""
    late = format_timedelta(update.sent_at - update.due_at, threshold=1, locale=reader_locale())
    return _("{time} later than we had promised").format(time=late)


def history(guest, updates):
    """Every word so far, the newest first; the latest update stands above it already."""
    lines = [_update_line(update) for update in updates[1:]]
    carried = {pk for update in updates for pk in update.messages.values_list("pk", flat=True)}
    files = {}
    for row in files_for_customer(guest.ticket, guest.now).filter(inline=False):
        files.setdefault(row.message_id, []).append(row)
    for message in read_by_customer(guest.ticket, guest.now):
        if message.pk not in carried and not message.auto:
            lines.append(_message_line(message, guest, files.get(message.pk, [])))
    if guest.escalation:
        lines += _turns(guest)
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _update_line(update):
    words, rest = _short(update.process)
    rest = "\n\n".join(filter(None, (rest, update.impact, update.promises)))
    state = "" if update.due_at is None else "kept" if update.kept else "broken"
    return Line(update.sent_at, words, state, lateness(update), rest)


def _message_line(message, guest, files):
    words, rest = _short(message.text or message.subject)
    said_by_them = message.kind == Message.Kind.RECEIVED
    if said_by_them:
        by = message.by_customer.name if message.by_customer else message.from_name
    elif message.kind == Message.Kind.ACKNOWLEDGEMENT:
        return Line(message.happened_at, _("We received your message and began."), files=files)
    else:
        by = full(message.by_person, guest.brand) if message.by_person else guest.brand.name
    return Line(message.happened_at, words, rest=rest, by=by, theirs=said_by_them, files=files)


def _turns(guest):
    """What they decided, and a word of ours that is missing."""
    escalation = guest.escalation
    yield Line(escalation.raised_at, _("It was taken higher: more of us look at it since then."))
    offered = Solution.objects.filter(escalation=escalation, offered_at__isnull=False, withdrawn_at=None)
    for one in offered.exclude(answered_at=None) if guest.own else ():
        accepted = one.answer == Solution.Answer.ACCEPTED
        if one.kind == Solution.Kind.WORKAROUND:
            words = (
                _("You accepted the workaround.") if accepted else _("The workaround is not good enough yet.")
            )
        else:
            words = _("You accepted the solution.") if accepted else _("The solution is not good enough yet.")
        yield Line(one.answered_at, words, theirs=True)
    due = escalation.next_update_at
    if escalation.is_open and due and due <= guest.now:
        yield Line(due, _("The word that we promised you."), "broken", _("not sent yet, and we are sorry"))


def _short(text):
    """(the beginning, all of it where it is longer)."""
    text = text.strip()
    beginning = _beginning(text)
    if len(beginning) > FIRST_WORDS:
        cut = beginning[:FIRST_WORDS]
        beginning = (cut.rsplit(" ", 1)[0] if " " in cut[40:] else cut).rstrip(",.;:，。；") + "…"
    return beginning, "" if " ".join(text.split()) == beginning else text


def _beginning(text):
    """The first paragraph that says something: not “Dear Carla,”."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    saying = [part for part in paragraphs if len(part) > GREETING or not part.endswith(ENDS_GREETING)]
    return (saying or paragraphs or [""])[0]


def assured(guest):
    """Priority, urgency and what is promised, in words of theirs."""
    levels = guest.escalation if guest.escalation and guest.own else None
    return assurances(guest.ticket, guest.company, guest.now, levels)
