"""What people of ours are told about incidents and broadcasts."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind

from .queries import visible_to


def named_incident(notice):
    """Its number and title; None when it is not theirs to see."""
    incident = visible_to(notice.person).filter(case=notice.case_id).first()
    return f"{incident} {incident.title}" if incident else None


def _kind(name, meaning, words, **more):
    return Kind(name, meaning, words, icon="megaphone", about=named_incident, **more)


notices = (
    _kind(
        "incident_logged",
        _("A defect or an outage is logged with my team"),
        _("%(who)s logged this with your team"),
    ),
    _kind(
        "broadcast_to_approve",
        _("Somebody asks me to approve the words of a broadcast"),
        _("%(who)s asks you to approve what customers will be told"),
        by_mail=True,
        urgent=True,
    ),
    _kind(
        "broadcast_stopped",
        _("A broadcast of mine stopped by itself"),
        _("Your broadcast stopped: its words changed and wait for approval"),
        by_mail=True,
        urgent=True,
    ),
)
