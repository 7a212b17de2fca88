"""Tags and the subject."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import CHANGE, SHARE, require
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change
from ombud.spine.tickets.models import Tag, Tagging


def tag(ticket, name, *, by, now):
    """Put a tag on; a new word becomes a tag."""
    _allowed(by)
    with transaction.atomic():
        put_on(ticket, [name], by=by, now=now)
        change(ticket, by=by, now=now)


@transaction.atomic
def untag(ticket, name, *, by, now):
    """Take a tag off; one that is not there is no error."""
    _allowed(by)
    tagging = Tagging.objects.filter(ticket=ticket, tag__name=_word(name)).select_related("tag").first()
    if tagging:
        tagging.delete()
        events.UNTAGGED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, tag=tagging.tag_id)
        change(ticket, by=by, now=now)


@transaction.atomic
def set_tags(ticket, names, *, by, now):
    """Make these exactly the ticket's tags."""
    _allowed(by)
    wanted = {_word(name) for name in names}
    there = set(ticket.tags.values_list("name", flat=True))
    for name in there - wanted:
        untag(ticket, name, by=by, now=now)
    put_on(ticket, wanted - there, by=by, now=now)
    change(ticket, by=by, now=now)


@transaction.atomic
def rename(ticket, subject, *, by, now):
    """Give the ticket another subject."""
    _allowed(by)
    subject = " ".join(subject.split())
    if not subject:
        raise ValidationError(_("A ticket needs a subject."))
    change(ticket, by=by, now=now, subject=subject[:500])
    events.RENAMED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk)


@transaction.atomic
def keep_tag(*, tag=None, by, **fields):
    """Make a tag with a meaning, or change or archive one."""
    require(by, SHARE)
    tag = tag or Tag()
    for field, value in fields.items():
        setattr(tag, field, value)
    tag.name = _word(tag.name)
    if Tag.objects.filter(name=tag.name).exclude(pk=tag.pk).exists():
        raise ValidationError(_("There is a tag with this name already."))
    tag.save()
    return tag


@transaction.atomic
def merge_tags(tag, into, *, by, now):
    """Put another tag on every ticket that has this one, and keep this one out of use."""
    require(by, SHARE)
    if tag.pk == into.pk:
        raise ValidationError(_("Choose another tag: this one is the same."))
    both = Tagging.objects.filter(tag=into).values("ticket")
    Tagging.objects.filter(tag=tag, ticket__in=both).delete()
    moved = list(Tagging.objects.filter(tag=tag).values_list("ticket_id", flat=True))
    Tagging.objects.filter(tag=tag).update(tag=into)
    # A ticket's primary key is its case's.
    events.TAGGED.record_many([(pk, {"ticket": pk, "tag": into.pk}) for pk in moved], by=by, now=now)
    tag.archived_at = now
    tag.save(update_fields=["archived_at"])


def put_on(ticket, names, *, by, now):
    """Put tags on, without asking who may; for verbs that asked already."""
    for name in sorted({_word(name) for name in names}):
        word, _made = Tag.objects.get_or_create(name=name)
        _row, new = Tagging.objects.get_or_create(ticket=ticket, tag=word)
        if new:
            events.TAGGED.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, tag=word.pk)


def _word(name):
    word = " ".join(name.split()).lower()[:60].strip(",")
    if not word:
        raise ValidationError(_("A tag needs a name."))
    return word


def _allowed(by):
    if by is not None:
        require(by, CHANGE)
