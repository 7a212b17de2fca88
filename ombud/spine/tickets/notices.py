"""What people of ours are told about tickets."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind

from .queries import visible_to


def named_ticket(notice):
    """The ticket's number and subject; None when it is not (any more) theirs to see."""
    ticket = visible_to(notice.person).filter(pk=notice.case_id).first()
    return f"#{ticket.number} {ticket.subject}".strip() if ticket else None


notices = (
    Kind(
        "mentioned",
        _("Somebody mentions me"),
        _("%(who)s mentioned you"),
        icon="at-sign",
        about=named_ticket,
    ),
    Kind(
        "assigned",
        _("Somebody gives me a ticket"),
        _("%(who)s gave you this ticket"),
        icon="user-round-check",
        about=named_ticket,
    ),
    Kind(
        "woken",
        _("A ticket of mine that slept is awake again"),
        _("It is awake again"),
        icon="alarm-clock",
        about=named_ticket,
    ),
    Kind(
        "called_solved",
        _("The customer says that a ticket of mine is solved"),
        _("The customer says that it is solved"),
        icon="check",
        about=named_ticket,
    ),
    Kind(
        "bounced",
        _("A mail of mine came back"),
        _("A mail of yours came back"),
        icon="mail-warning",
        about=named_ticket,
    ),
    Kind(
        "failed",
        _("A mail of mine could not be delivered"),
        _("A mail of yours could not be delivered"),
        icon="triangle-alert",
        about=named_ticket,
    ),
)
