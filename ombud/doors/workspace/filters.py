"""A filter: what a list keeps, as it stands in an address or in a saved view."""

from django.utils.translation import gettext as _

from ombud.foundation.people.models import Account, Person, Team
from ombud.lib.prepared import Prepared, Slot
from ombud.spine.tickets.channels import channels
from ombud.spine.tickets.models import Priority, Status, Tag
from ombud.spine.tickets.search import search

KEYS = ("status", "assignee", "team", "tag", "channel", "priority", "language", "tier", "words")
FOUND = 500  # tickets that a filter by words looks through, the newest hits first


def read(query):
    """The filter that stands in an address: names to values, without what is empty."""
    return {key: query[key].strip()[:200] for key in KEYS if query.get(key, "").strip()}


def keep(tickets, filters, person):
    """Those tickets that the filter keeps. A value that means nothing keeps none."""
    for key, value in filters.items():
        tickets = _KEEP[key](tickets, value, person)
    return tickets


def _whose(tickets, value, person):
    if value == "none":
        return tickets.filter(assignee=None)
    return tickets.filter(assignee=person if value == "me" else _number(value))


def _team(tickets, value, person):
    if value == "mine":
        return tickets.filter(team__in=team_ids(person))
    return tickets.filter(team=None if value == "none" else _number(value))


def _words(tickets, value, person):
    return tickets.filter(pk__in=[ticket.pk for ticket in search(tickets, value, FOUND)])


_KEEP = {
    "status": lambda tickets, value, person: tickets.filter(status=value),
    "assignee": _whose,
    "team": _team,
    "tag": lambda tickets, value, person: tickets.filter(taggings__tag__name=value),
    "channel": lambda tickets, value, person: tickets.filter(channel=value),
    "priority": lambda tickets, value, person: tickets.filter(priority=value),
    "language": lambda tickets, value, person: tickets.filter(language=value),
    "tier": lambda tickets, value, person: tickets.filter(account__tier=value),
    "words": _words,
}


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 15 else 0


_TEAMS = Prepared(lambda: Team.objects.filter(members=Slot("person")).values_list("pk", flat=True))


def team_ids(person):
    """The teams a person is in; asked once for each page."""
    if not hasattr(person, "_team_ids"):
        person._team_ids = list(_TEAMS(person=person.pk))
    return person._team_ids


def choices(person, languages):
    """What can be chosen for each key, as pairs, for the form."""
    people = Person.objects.working().values_list("pk", "name")
    teams = Team.objects.filter(archived_at=None).values_list("pk", "name")
    tags = Tag.objects.filter(archived_at=None).values_list("name", flat=True)[:300]
    known = {
        "status": [("", _("Any")), *Status.choices],
        "assignee": [("", _("Anybody")), ("me", _("Me")), ("none", _("Nobody")), *people],
        "team": [("", _("Any")), ("mine", _("My teams")), ("none", _("No team")), *teams],
        "tag": [("", _("Any")), *((name, name) for name in tags)],
        "channel": [("", _("Any")), *channels()],
        "priority": [("", _("Any")), *Priority.choices],
        "language": [("", _("Any")), *languages],
        "tier": [("", _("Any")), *Account.Tier.choices],
    }
    return {key: [(value, str(words)) for value, words in pairs] for key, pairs in known.items()}


ICONS = {
    "email": "mail",
    "web_form": "globe",
    "portal": "user-round",
    "phone": "phone",
    "person": "hand",
    "social": "megaphone",
    "review": "star",
    "chat": "message-circle",
    "api": "webhook",
}


def icon_of(channel):
    """The icon of a channel, also of one that a plug-in brought."""
    return ICONS.get(channel, "message-square")


def words_of(filters, person):
    """A filter in words, for a heading: pairs of key and words."""
    known = {key: dict(pairs) for key, pairs in choices(person, ()).items()}
    shown = []
    for key, value in filters.items():
        names = {str(name): words for name, words in known.get(key, {}).items()}
        shown.append((key, names.get(value, value)))
    return shown
