"""Sending a broadcast: a letter for each recipient, written together with the row that says so.

Recipient, message and letter are one transaction, so a kill between two batches loses and doubles nothing.
The post carries each letter under the Message-ID of its key, `broadcast:<recipient>`; what a kill leaves in
flight goes out again under the same id (docs/decisions/0004).
"""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events, queries
from ombud.features.broadcasts.models import Broadcast, Recipient, Standing, State
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import ANSWER, APPROVE, require
from ombud.spine.tickets import actions as tickets

from .listing import list_batch
from .stopping import halt
from .wording import locked

logger = logging.getLogger(__name__)
BATCH = 50  # letters; on SQLite the write lock is held for a batch, some 0.2 s
UNDER_WAY = 200  # letters in the post at most: to stop means that hardly anything leaves any more
BREATH = timedelta(seconds=1)  # until it is looked again whether the post has carried some
SHORT = timedelta(seconds=5)  # a rate is kept over this span


@transaction.atomic
def send(broadcast, *, by, now):
    """Send it, or go on where it was stopped. Raises ValidationError while a word of it is not approved."""
    require(by, APPROVE)
    broadcast = locked(broadcast)
    if broadcast.state == State.SENDING:
        return broadcast
    if broadcast.state not in (State.READY, State.STOPPED):
        raise ValidationError(_("List the recipients first."))
    _require_approved(broadcast)
    broadcast.state, broadcast.due_at, broadcast.stopped_why = State.SENDING, now, ""
    broadcast.sent_by, broadcast.started_at = by, broadcast.started_at or now
    broadcast.ended_at = None
    broadcast.save(update_fields=["state", "due_at", "stopped_why", "sent_by", "started_at", "ended_at"])
    events.STARTED.record(case=broadcast.incident.case_id, by=by, now=now, broadcast=broadcast.pk)
    return broadcast


@transaction.atomic
def stop(broadcast, *, by, now):
    """Nobody else is written to until it goes on. Whoever answers customers may stop it."""
    require(by, ANSWER)
    broadcast = locked(broadcast)
    if broadcast.state == State.SENDING:
        halt(broadcast, "hand", by=by, now=now)
    return broadcast


def work_broadcasts(now):
    """Do the next batch of each broadcast that is due; says how many were."""
    due = Broadcast.objects.select_related("incident", "sent_by", "corrects")
    return due.work_through(now, _work, limit=5)


def _work(broadcast, *, now):
    if broadcast.state == State.LISTING:
        list_batch(broadcast, now)
    elif broadcast.state == State.SENDING:
        _send_batch(broadcast, now)


def _send_batch(broadcast, now):
    approvals = queries.approvals_now(broadcast)
    if queries.unapproved(broadcast) or broadcast.fallback not in approvals:
        halt(broadcast, "approval", by=None, now=now)
        return
    own = Recipient.objects.filter(broadcast=broadcast)
    under_way = own.filter(state=Standing.SENDING).count()
    size = min(BATCH, UNDER_WAY - under_way, _in_a_short_while(broadcast.per_minute))
    batch = list(_waiting(own)[:size]) if size > 0 else []
    if batch:
        _tell(broadcast, batch, approvals, now)
        broadcast.due_at = now + _pause(len(batch), broadcast.per_minute)
    elif under_way:
        broadcast.due_at = now + BREATH
    else:
        _done(broadcast, now)
        return
    broadcast.save(update_fields=["due_at"])


def _waiting(own):
    related = ("customer__account", "ticket__mailbox", "ticket__case", "ticket__customer")
    # Held while they are written to: nobody is left out at the last moment and told all the same.
    rows = own.filter(state=Standing.WAITING, letter=None).order_by("pk")
    return rows.select_related(*related).select_for_update(of=("self",))


def _in_a_short_while(per_minute):
    return max(1, int(per_minute * SHORT.total_seconds() / 60)) if per_minute else BATCH


def _pause(letters, per_minute):
    return timedelta(minutes=letters / per_minute) if per_minute else timedelta(0)


def _tell(broadcast, batch, approvals, now):
    """All at once; when one of them cannot be told, each by itself, and that one is marked."""
    try:
        with transaction.atomic():
            _write(broadcast, batch, approvals, now)
    except Exception:
        logger.exception("a batch of broadcast %s could not be written; each by itself", broadcast.pk)
        for recipient in batch:
            _tell_one(broadcast, recipient, approvals, now)


def _tell_one(broadcast, recipient, approvals, now):
    try:
        with transaction.atomic():
            _write(broadcast, [recipient], approvals, now)
    except Exception as error:
        logger.exception("recipient %s could not be written to", recipient.pk)
        said = " ".join(error.messages) if isinstance(error, ValidationError) else type(error).__name__
        own = Recipient.objects.filter(pk=recipient.pk)
        own.update(state=Standing.FAILED, words=said[:300], letter=None, approval=None)


def _write(broadcast, batch, approvals, now):
    """Words come from an approval and from nowhere else; a row with a letter but none cannot be saved."""
    company = Company.ours()
    messages = tickets.tell_many(
        [_news(broadcast, recipient, approvals, company) for recipient in batch],
        by=broadcast.sent_by,
        now=now,
    )
    for recipient, message in zip(batch, messages, strict=True):
        recipient.approval = approvals[queries.chosen(recipient.language, approvals, broadcast.fallback)]
        recipient.letter, recipient.ticket_id = message.letter, message.ticket_id
        recipient.state = Standing.SENDING
    Recipient.objects.bulk_update(batch, ["approval", "letter", "ticket", "state"])


def _news(broadcast, recipient, approvals, company):
    approval = approvals[queries.chosen(recipient.language, approvals, broadcast.fallback)]

    def say(words):
        return lambda ticket: queries.filled(
            words, customer=recipient.customer, ticket=ticket, company=company
        )

    return tickets.News(
        key=f"broadcast:{recipient.pk}",
        customer=recipient.customer,
        ticket=_thread(recipient),
        words=say(approval.text),
        subject=say(approval.subject),
        language=approval.language,
    )


def _thread(recipient):
    """Their own thread, unless it was merged or given to somebody else since they were listed."""
    ticket = recipient.ticket
    if ticket and ticket.merged_into_id:
        ticket = ticket.merged_into
    return ticket if ticket and ticket.customer_id == recipient.customer_id else None


def _require_approved(broadcast):
    if waiting := queries.unapproved(broadcast):
        raise ValidationError(
            _("Version %(number)s in %(language)s is not approved yet. Nothing was sent.")
            % {"number": waiting[0].number, "language": waiting[0].get_language_display()}
        )
    if broadcast.fallback not in queries.approvals_now(broadcast):
        raise ValidationError(
            _("Write it in %(language)s for all in whose language there is nothing. Nothing was sent.")
            % {"language": broadcast.get_fallback_display()}
        )


def _done(broadcast, now):
    broadcast.state, broadcast.ended_at = State.DONE, now
    broadcast.save(update_fields=["state", "ended_at"])
    counts = queries.counts_of(broadcast)
    events.DONE.record(
        case=broadcast.incident.case_id,
        now=now,
        broadcast=broadcast.pk,
        sent=counts.sent + counts.kept,
        failed=counts.failed,
        excluded=counts.excluded,
    )
