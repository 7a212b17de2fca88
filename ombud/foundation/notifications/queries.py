"""Questions about notices."""

from django.db.models import Count

from .kinds import KINDS
from .models import Notice, Ways


def unread(person):
    """What a person was told and has not seen, the newest first."""
    return Notice.objects.filter(person=person, read_at=None).select_related("by", "case__ticket")


def kinds_by_mail(person):
    """The names of the kinds of which this person also gets a mail."""
    chosen = ways_of(person).by_mail
    return {name for name, kind in KINDS.items() if chosen.get(name, kind.by_mail)}


def wish_a_mail(people, kind, default=None):
    """The ids of those among them who also want a mail of this kind; `default` for who never chose."""
    default = kind.by_mail if default is None else default
    chosen = dict(Ways.objects.filter(person__in=people).values_list("person", "by_mail"))
    return {person.pk for person in people if chosen.get(person.pk, {}).get(kind.name, default)}


def unread_since(people, kind, since):
    """{person id: how many notices of a kind they have not read that they were told since then}."""
    unread = Notice.objects.filter(person__in=people, kind=kind, read_at=None, created_at__gt=since)
    return dict(unread.values_list("person").annotate(Count("pk")).order_by())


def refuses_mail(person, kind_name):
    """Whether a person said that this kind is not to come by mail."""
    return ways_of(person).by_mail.get(kind_name) is False


def ways_of(person):
    """How a person wishes to be told; the defaults for who never chose."""
    return Ways.objects.filter(person=person).first() or Ways(person=person)
