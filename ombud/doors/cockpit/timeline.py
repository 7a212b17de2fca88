"""Everything said, decided and done about an escalation, in one column, the newest first."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.spine.tickets.models import Message
from ombud.ui.times import span
from ombud.ui.values import comma

from . import happened, voices
from .entries import Entry

NEWEST = 40  # entries shown at first
TABS = ("everything", "customer", "inside", "decisions")
SIDES = {"customer": ("outside",), "inside": ("inside", "machine"), "decisions": ("decision",)}


@dataclass(frozen=True)
class Kept:
    """What is kept of an escalation, each the oldest first."""

    updates: list
    decisions: list
    solutions: list
    pulses: list


def of(escalation, tickets, kept, *, now):
    """All entries, the newest first. `tickets` are those whose words this person may read."""
    offers = {one.offered_at: one for one in kept.solutions if one.offered_at}
    carried = {message.pk: update for update in kept.updates for message in update.messages.all()}
    found = [_update(one, offers.get(one.sent_at)) for one in kept.updates]
    found += [_decision(number, one) for number, one in enumerate(kept.decisions, 1)]
    found += [_said(one) for one in _messages(tickets) if one.pk not in carried]
    found += voices.of(tickets, kept.solutions, kept.pulses)
    cases = [escalation.case_id, *(ticket.case_id for ticket in tickets)]
    found += [_done(*line) for line in happened.lines(escalation, cases, now)]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def shown(entries, show, everything=False):
    """Those of a tab, and how many earlier ones were left out."""
    sides = SIDES.get(show)
    kept = [one for one in entries if not sides or one.side in sides or _both(one, show)]
    return (kept, 0) if everything or len(kept) <= NEWEST else (kept[:NEWEST], len(kept) - NEWEST)


def _both(entry, show):
    """A decision is inside, too."""
    return show == "inside" and entry.side == "decision"


def counts(entries):
    """How many stand under each tab; the machine's lines are no words of anybody."""
    return {
        "customer": sum(one.side == "outside" for one in entries),
        "inside": sum(one.side in ("inside", "decision") for one in entries),
        "decisions": sum(one.side == "decision" for one in entries),
    }


def _messages(tickets):
    numbers = {ticket.pk: ticket.number for ticket in tickets}
    rows = Message.objects.filter(ticket__in=numbers).exclude(kind=Message.Kind.ACKNOWLEDGEMENT)
    rows = rows.select_related("by_person", "by_customer").defer("html", "quoted")
    for message in rows:
        message.number = numbers[message.ticket_id]
        yield message


def _said(message):
    who = message.by_person or message.by_customer
    name = (str(who) if who else "") or message.from_name or message.from_address or "Ombud"
    received = message.kind == Message.Kind.RECEIVED
    return Entry(
        key=f"message-{message.pk}",
        side="inside" if message.is_inside else "outside",
        at=message.happened_at,
        icon="lock" if message.is_inside else "mail" if received else "send",
        who=name,
        about="" if received or message.is_inside else _to(message),
        words=message.text,
        lang="" if message.is_inside else message.language,
        state=_state([message]),
        ticket=message.number,
    )


def _to(message):
    names = [name or address for name, address in [*message.to, *message.cc]]
    return _("to %s") % comma().join(names) if names else _("written down")


def _update(update, offer=None):
    messages = list(update.messages.all())
    names = list(dict.fromkeys(n or a for one in messages for n, a in [*one.to, *one.cc]))
    about = _("update %s") % update.number
    if offer:
        about = f"{about}{comma()}{_('offer: %s') % offer.get_kind_display()}"
    parts = [update.process]
    parts += [f"{_('What it means for them')}: {update.impact}"] if update.impact else []
    parts += [f"{_('What we promised')}: {update.promises}"] if update.promises else []
    return Entry(
        key=f"update-{update.pk}",
        side="outside",
        at=update.sent_at,
        icon="send",
        who=update.by.name if update.by else "Ombud",
        about=f"{about}{comma()}{_('to %s') % comma().join(names)}" if names else about,
        words="\n\n".join(parts),
        lang=messages[0].language if messages else "",
        kept=_kept(update),
        is_kept=update.kept,
        state=_state(messages),
    )


def _kept(update):
    if update.due_at is None:
        return ""
    time = span(abs(update.due_at - update.sent_at))
    return _("kept, %s early") % time if update.kept else _("%s late") % time


def _state(messages):
    states = {one.delivery for one in messages}
    for state in (Message.Delivery.FAILED, Message.Delivery.WAITING):
        if state in states:
            return str(state)
    return ""


def clock_of(at):
    """The time of day, in the reader's zone."""
    return f"{timezone.localtime(at):%H:%M}"


def _decision(number, decision):
    return Entry(
        key=f"decision-{decision.pk}",
        side="decision",
        at=decision.decided_at,
        icon="gavel",
        who=decision.by.name if decision.by else "",
        about=_("Decision %s") % number,
        words=decision.what,
        more=decision.basis,
    )


def _done(event, words, who):
    late = "broken" if event.verb in happened.LATE else ""
    return Entry(f"event-{event.pk}", "machine", event.happened_at, "", who=who, words=words, state=late)
