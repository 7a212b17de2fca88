"""Merging, splitting and linking tickets."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.permissions import CHANGE, require
from ombud.spine.tickets import events
from ombud.spine.tickets.changing import change, moved, preview_of
from ombud.spine.tickets.models import Draft, Link, Message, Status, Tagging, Ticket
from ombud.spine.tickets.models.levels import OURS_TO_MOVE
from ombud.spine.tickets.numbers import next_number


@transaction.atomic
def merge(ticket, into, *, by, now):
    """Everything said on `ticket` moves to `into`; its number leads there from now on. Drafts come along."""
    if by is not None:
        require(by, CHANGE)
    if ticket.pk == into.pk:
        raise ValidationError(_("A ticket cannot be merged with itself."))
    if into.merged_into_id or ticket.merged_into_id:
        raise ValidationError(_("One of them was merged away already; use the ticket it leads to."))
    ticket.messages.update(ticket=into)
    Ticket.objects.filter(merged_into=ticket).update(merged_into=into)
    for draft in ticket.drafts.all():
        _move_draft(draft, into)
    for tag_id in ticket.taggings.values_list("tag_id", flat=True):
        Tagging.objects.get_or_create(ticket=into, tag_id=tag_id)
    ticket.taggings.all().delete()
    change(ticket, by=by, now=now, merged_into=into, status=Status.CLOSED, wakes_at=None, waiting_since=None)
    _take_over_waiting(ticket, into, by, now)
    events.MERGED_AWAY.record(case=ticket.case_id, by=by, now=now, ticket=ticket.pk, into=into.pk)
    events.MERGED.record(case=into.case_id, by=by, now=now, ticket=into.pk, other=ticket.pk)


def _move_draft(draft, into):
    there = Draft.objects.filter(ticket=into, by=draft.by, kind=draft.kind).first()
    if there is None:
        draft.ticket = into
        draft.save(update_fields=["ticket"])
        return
    there.html = f"{there.html}<br><br>{draft.html}"
    there.save(update_fields=["html"])
    draft.attachments.update(draft=there)
    draft.delete()


def _take_over_waiting(ticket, into, by, now):
    newest = into.messages.order_by("-happened_at", "-id").first()
    last_said = into.messages.filter(kind__in=[Message.Kind.RECEIVED, Message.Kind.REPLY]).last()
    columns = {}
    if newest:
        columns |= {"last_message_at": newest.happened_at, "preview": preview_of(newest.text)}
    if last_said and last_said.kind == Message.Kind.RECEIVED and not last_said.auto:
        columns["waiting_since"] = into.waiting_since or last_said.happened_at
        if into.status not in OURS_TO_MOVE:
            columns["status"] = Status.OPEN
    old = into.status
    change(into, by=by, now=now, **columns)
    moved(into, old, by=by, now=now)


@transaction.atomic
def split(ticket, messages, *, by, now):
    """Some messages become a ticket of their own, of the same customer and with the same holder."""
    require(by, CHANGE)
    messages = sorted((m for m in messages if m.ticket_id == ticket.pk), key=lambda m: (m.happened_at, m.pk))
    if not messages:
        raise ValidationError(_("Choose at least one message to split off."))
    if len(messages) == ticket.messages.count():
        raise ValidationError(_("Leave at least one message where it is."))
    first = messages[0]
    new = Ticket.objects.create(
        case=Case.objects.create(kind="ticket"),
        number=next_number(),
        subject=first.subject or ticket.subject,
        preview=preview_of(messages[-1].text),
        status=Status.OPEN,
        severity=ticket.severity,
        urgency=ticket.urgency,
        priority=ticket.priority,
        priority_reason=ticket.priority_reason,
        assignee=ticket.assignee,
        team=ticket.team,
        mailbox=ticket.mailbox,
        customer=first.by_customer or ticket.customer,
        account_id=(first.by_customer or ticket.customer).account_id,
        channel=first.channel,
        language=first.language or ticket.language,
        created_at=now,
        updated_at=now,
        touched_at=now,
        last_message_at=messages[-1].happened_at,
        waiting_since=first.happened_at if first.kind == Message.Kind.RECEIVED else None,
    )
    Message.objects.filter(pk__in=[m.pk for m in messages]).update(ticket=new)
    events.SPLIT_OFF.record(
        case=ticket.case_id,
        by=by,
        now=now,
        ticket=ticket.pk,
        new=new.pk,
        messages=[m.pk for m in messages],
    )
    events.OPENED.record(
        case=new.case_id, by=by, now=now, ticket=new.pk, channel=new.channel, message=first.pk
    )
    link(ticket, new, by=by, now=now)
    return new


@transaction.atomic
def link(one, other, *, by, now):
    """Say that two tickets have to do with each other."""
    if by is not None:
        require(by, CHANGE)
    if one.pk == other.pk:
        raise ValidationError(_("A ticket cannot be linked with itself."))
    first, second = sorted((one, other), key=lambda t: t.pk)
    _row, new = Link.objects.get_or_create(one=first, other=second, defaults={"by": by, "created_at": now})
    if new:
        events.LINKED.record(case=one.case_id, by=by, now=now, ticket=one.pk, other=other.pk)


@transaction.atomic
def unlink(one, other, *, by, now):
    """Take a link away."""
    require(by, CHANGE)
    first, second = sorted((one, other), key=lambda t: t.pk)
    if Link.objects.filter(one=first, other=second).delete()[0]:
        events.UNLINKED.record(case=one.case_id, by=by, now=now, ticket=one.pk, other=other.pk)
