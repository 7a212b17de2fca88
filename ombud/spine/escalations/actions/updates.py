"""The next update: sending it, setting it, waiving it (P1, M32, M33)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.escalations import events, queries
from ombud.spine.escalations.cadence import next_word
from ombud.spine.escalations.changing import (
    UPDATE,
    locked,
    require_open,
    require_run,
    set_update,
)
from ombud.spine.escalations.models import Update, UpdateDraft
from ombud.spine.escalations.update_letter import letter
from ombud.spine.tickets import actions as tickets

LONGEST_WAIVER = timedelta(days=30)


@transaction.atomic
def send_update(escalation, *, process, impact="", promises="", next_at=None, by, now, keeps_draft=False):
    """Tell the customer how it stands, in each ticket's own thread, and by when they hear from us next.

    The three parts are what customers ask: where it stands, what it means for them, what we promised. It
    leaves like any reply, in copy to their other contacts, and can be taken back for ten seconds. `next_at`
    None: as the severity says. What `by` was writing is done with, unless these are other words
    (`keeps_draft`). Raises ValidationError.
    """
    require(by, ANSWER)
    escalation = locked(escalation)
    require_open(escalation)
    process, impact, promises = process.strip(), impact.strip(), promises.strip()
    if not process:
        raise ValidationError({"process": _("Say where it stands, also when there is no news.")})
    due = escalation.next_update_at
    next_at = _next(escalation, next_at, now)
    update = Update.objects.create(
        escalation=escalation,
        number=escalation.updates.count() + 1,
        process=process,
        impact=impact,
        promises=promises,
        by=by,
        sent_at=now,
        due_at=due,
        kept=due is None or now <= due,
    )
    for ticket in queries.tickets_of(escalation):
        with translation.override(ticket.language or ticket.customer.language or translation.get_language()):
            text, html, sheet = letter(update, ticket, next_at, now)
        copies = queries.copied_on(escalation, ticket)
        update.messages.add(
            tickets.reply(ticket, by=by, text=text, html=html, sheet=sheet, cc=copies, status=None, now=now)
        )
    if not keeps_draft:
        UpdateDraft.objects.filter(escalation=escalation, by=by).delete()
    set_update(escalation, next_at, now)
    escalation.save(update_fields=UPDATE)
    events.UPDATE_SENT.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        update=update.number,
        due=due and due.isoformat(),
        kept=update.kept,
    )
    log_next(escalation, by, now, "sent")
    return update


@transaction.atomic
def set_next_update(escalation, at, *, by, now, cadence=None):
    """The customer hears from us then; `cadence` also sets how often from now on.

    It is in seconds, 0 for as the severity says, None for as before. Raises ValidationError.
    """
    escalation = locked(escalation)
    require_open(escalation)
    require_run(by, escalation)
    if escalation.late_at or (escalation.next_update_at and escalation.next_update_at <= now):
        raise ValidationError(_("An update is late: send it. Moving it would hide that."))
    if cadence is not None:
        escalation.cadence = cadence or None
        escalation.save(update_fields=["cadence"])
    set_update(escalation, _next(escalation, at, now), now)
    escalation.save(update_fields=UPDATE)
    log_next(escalation, by, now, "set")


@transaction.atomic
def waive(escalation, until, why, *, by, now):
    """No update is due until then, by approval and with a reason: the customer asked for it, mostly.

    One that is late is not waived: it would never have been. Raises ValidationError.
    """
    escalation = locked(escalation)
    require_open(escalation)
    require_run(by, escalation)
    if escalation.late_at or (escalation.next_update_at and escalation.next_update_at <= now):
        raise ValidationError(_("An update is late: send it first. Waiving it would hide that."))
    if not why.strip():
        raise ValidationError({"why": _("Say why no update is due: who reads it later was not there.")})
    if not now < until <= now + LONGEST_WAIVER:
        raise ValidationError({"until": _("A waiver ends, at the latest in thirty days.")})
    escalation.next_update_at, escalation.late_at, escalation.near_told = None, None, False
    escalation.waived_until, escalation.waived_by = until, by
    escalation.waived_why, escalation.fires_at = why.strip()[:300], until
    escalation.save(update_fields=UPDATE)
    events.WAIVED.record(
        case=escalation.case_id, by=by, now=now, escalation=escalation.pk, until=until.isoformat()
    )


@transaction.atomic
def end_waiver(escalation, *, now, by=None):
    """Updates are due again, the next as the severity says."""
    escalation = locked(escalation)
    require_run(by, escalation)
    if escalation.waived_until is None:
        return
    events.WAIVER_ENDED.record(case=escalation.case_id, by=by, now=now, escalation=escalation.pk)
    set_update(escalation, _next(escalation, None, now), now)
    escalation.save(update_fields=UPDATE)
    log_next(escalation, by, now, "waiver")


def reschedule(escalation, now, by, why):
    """Its levels changed: the next update may be due sooner, never later than it was promised."""
    if escalation.next_update_at is None or escalation.late_at:
        return
    at = _next(escalation, None, now)
    if at < escalation.next_update_at:
        set_update(escalation, at, now)
        escalation.save(update_fields=UPDATE)
        log_next(escalation, by, now, why)


def _next(escalation, at, now):
    if at is None:
        return next_word(
            escalation.severity, escalation.urgency, now, queries.zone_of(escalation), escalation.cadence
        )
    if at <= now:
        raise ValidationError({"next_at": _("Choose a time that is still to come.")})
    return at


def log_next(escalation, by, now, why):
    """Write in the log by when they hear from us, and why then."""
    events.UPDATE_SET.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        due=escalation.next_update_at.isoformat(),
        why=why,
    )
