"""What an acknowledgement says (M8): received, understood, who has it, what happens next. No inside words."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.spine.sla.assured import Row, assurances, stops_your_work
from ombud.spine.tickets.speaking import called

FIRST_WORDS = 180  # letters of the customer's own text, enough to know it again


def subject_of(ticket, first_message):
    """In the customer's own thread when they wrote a mail; by its number otherwise."""
    if first_message.message_id and ticket.subject:
        return ticket.subject if _is_answer(ticket.subject) else f"Re: {ticket.subject}"
    return _("We have your message · #%(number)s") % {"number": ticket.number}


def told(ticket, first_message, company, now):
    """Everything that the HTML and the plain text both say, in the language that is active."""
    name = called(ticket.customer.name)
    return {
        "language": translation.get_language(),
        "brand": (ticket.mailbox.name if ticket.mailbox else "") or (company.name if company else ""),
        "heading": _("We have your message, %(name)s.") % {"name": name}
        if name
        else _("We have your message."),
        "number": _("Your number: #%(number)s") % {"number": ticket.number},
        "rows": rows(ticket, first_message, company, now),
        "next": _("What happens next"),
        "next_words": _what_happens_next(ticket),
        "worse": stops_your_work(ticket),
        "add": _(
            "Just reply to this mail to add something. It reaches the same people under the same number."
        ),
        "signature": ticket.mailbox.signature.strip() if ticket.mailbox else "",
    }


def rows(ticket, first_message, company, now):
    """The list in the middle: what came, the three things that we confirm, and who has it."""
    return [_understood(ticket, first_message), *assurances(ticket, company, now), _who_has_it(ticket)]


def _understood(ticket, first_message):
    text = " ".join(first_message.text.split())
    words = text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
    files = sum(not attachment.inline for attachment in first_message.attachments.all())
    with_files = (
        ngettext("With %(count)d file.", "With %(count)d files.", files) % {"count": files} if files else ""
    )
    quoted = _("“%(words)s”") % {"words": words} if words else ""
    if not ticket.subject:
        return Row(_("What you wrote"), quoted, with_files)
    return Row(_("What you wrote"), ticket.subject, " ".join(filter(None, (quoted, with_files))))


def _who_has_it(ticket):
    return Row(_("Who has it"), _holder(ticket))


def _holder(ticket):
    if ticket.assignee:
        return ticket.assignee.name
    if _team_may_be_named(ticket):
        return _("Our team “%(team)s”") % {"team": ticket.team.name}
    return _("Our support team")


def _what_happens_next(ticket):
    if ticket.assignee:
        words = _("You get an answer by mail from %(name)s. Until then you need not do anything.")
        return words % {"name": ticket.assignee.name}
    return _("The first of us who is free answers you by mail. Until then you need not do anything.")


def _team_may_be_named(ticket):
    """A private team's name is an inside word."""
    return ticket.team and not ticket.team.private


def _is_answer(subject):
    return subject.lower().startswith(("re:", "re："))
