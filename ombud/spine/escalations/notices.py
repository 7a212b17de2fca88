"""What people of ours are told about escalations."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind

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
)
