"""What people of ours are told about status requests. Who is asked gets one mail a bundle: see `letters`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.notifications.kinds import Kind
from ombud.foundation.people.models import Person
from ombud.spine.escalations.notices import named_escalation

from .models import Bundle
from .words import question


def how_many(notice, now):
    """One notice for all that came at once."""
    bundle = Bundle.objects.filter(pk=notice.key.split(":")[1]).first()
    return question(bundle.requests.count() if bundle else 1)


def who_is_away(notice, now):
    """Nobody was asked, and so nobody will answer."""
    person = Person.objects.filter(pk=notice.data.get("person")).first()
    return _("%(name)s is away, and was not asked how it stands") % {"name": person.name if person else "—"}


def _kind(name, meaning, words, **more):
    return Kind(name, meaning, words, icon="ladder", about=named_escalation, **more)


notices = (
    Kind(
        "status_request",
        gettext_lazy("I am asked how an escalation stands (mails: under Status requests)"),
        how_many,
        icon="circle-help",
        page="office:statuses",
    ),
    _kind(
        "status_answered",
        gettext_lazy("Somebody says how it stands, when I asked"),
        gettext_lazy("%(who)s said how it stands"),
    ),
    _kind(
        "status_blocked",
        gettext_lazy("A technical owner is blocked"),
        gettext_lazy("%(who)s is blocked"),
        by_mail=True,
        urgent=True,
    ),
    _kind(
        "status_later",
        gettext_lazy("A fix comes later than the customer waits for"),
        gettext_lazy("%(who)s: it takes longer than the customer waits for"),
        by_mail=True,
        urgent=True,
    ),
    _kind(
        "status_away",
        gettext_lazy("Somebody is away, and was not asked how it stands"),
        who_is_away,
        by_mail=True,
    ),
)
