"""What people of ours are told about escalations."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind
from ombud.spine.tickets.notices import named_ticket

from .queries import visible_to


def named_escalation(notice):
    """Its number and title; None when it is not (any more) theirs to see."""
    escalation = visible_to(notice.person).filter(case=notice.case_id).first()
    return f"{escalation} {escalation.title}" if escalation else None


def _kind(name, meaning, words, **more):
    return Kind(name, meaning, words, icon="ladder", about=named_escalation, by_mail=True, **more)


notices = (
    _kind(
        "escalation_given",
        _("Somebody gives me an escalation"),
        _("%(who)s: you lead this escalation"),
        urgent=True,
    ),
    _kind(
        "escalation_taken",
        _("Somebody takes over an escalation of mine"),
        _("%(who)s took over this escalation"),
    ),
    _kind(
        "escalation_stake",
        _("I have a part in an escalation"),
        _("%(who)s: you have a part in this escalation; say that you have it"),
        urgent=True,
    ),
    _kind("escalation_near", _("An update of mine is due soon"), _("Your update is due soon")),
    _kind("escalation_late", _("An update of mine is late"), _("Your update is late"), urgent=True),
    _kind(
        "escalation_stands_in",
        _("I write an update for somebody who is away"),
        _("Its manager is away when the next update is due: you write it"),
        urgent=True,
    ),
    _kind(
        "escalation_pulse",
        _("A customer of an escalation of mine says that it goes badly"),
        _("The customer says that it goes badly"),
        urgent=True,
    ),
    _kind(
        "escalation_asked",
        _("A customer of an escalation of mine asks for somebody higher"),
        _("The customer asks for somebody higher"),
        urgent=True,
    ),
    _kind(
        "escalation_proposed",
        _("A solution waits for my sign-off"),
        _("%(who)s proposes a solution; sign it off"),
        urgent=True,
    ),
    _kind(
        "escalation_declined",
        _("A customer declines a solution of mine"),
        _("The customer says: not yet"),
        urgent=True,
    ),
    _kind(
        "escalation_accepted",
        _("A customer accepts a solution of mine"),
        _("The customer accepts the solution"),
    ),
    _kind(
        "escalation_unanswered",
        _("A customer does not answer whether a solution is good"),
        _("No answer whether the solution is good: call them"),
    ),
    Kind(
        "escalation_wanted",
        _("A customer asks for an escalation on a ticket of mine"),
        _("The customer asks for an escalation"),
        icon="ladder",
        about=named_ticket,
        by_mail=True,
        urgent=True,
    ),
)
