"""What becomes an update and what does not: drafts, and taking one back before it has left."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.escalations import events
from ombud.spine.escalations.changing import UPDATE, locked, require_open, set_update
from ombud.spine.escalations.models import Update, UpdateDraft
from ombud.spine.tickets import actions as tickets

from .solutions import take_back_offer


def save_update_draft(escalation, *, by, now, process="", impact="", promises=""):
    """Keep what somebody is writing; nothing but empty parts is no draft."""
    require(by, ANSWER)
    words = {"process": process.strip(), "impact": impact.strip(), "promises": promises.strip()}
    if not any(words.values()):
        UpdateDraft.objects.filter(escalation=escalation, by=by).delete()
        return None
    draft, _new = UpdateDraft.objects.update_or_create(
        escalation=escalation, by=by, defaults={**words, "saved_at": now}
    )
    return draft


@transaction.atomic
def take_back_update(escalation, *, by, now):
    """The last update has not left: its words are a draft again, and the update is due as it was before.

    All of its mails or none. Raises ValidationError when one has left.
    """
    require(by, ANSWER)
    escalation = locked(escalation)
    require_open(escalation)
    update = escalation.updates.last()
    messages = list(update.messages.select_related("ticket__case", "letter")) if update else []
    waiting = [message for message in messages if message.letter_id]
    if not waiting:
        raise ValidationError(_("There is no update that could be taken back."))
    for message in waiting:
        tickets.discard_draft(tickets.take_back(message, by=by, now=now))
    left = Update.objects.filter(pk=update.pk).first()
    if left:  # a word that was only written down stays in its thread
        withdraw(left, by=by, now=now)


def withdraw(update, *, by, now):
    """An update that nobody gets is none: its due time holds again, and its words are its writer's draft.

    One that offered a solution was written as such: it waits for the sign-off again.
    """
    escalation = locked(update.escalation)
    events.UPDATE_TAKEN_BACK.record(
        case=escalation.case_id, by=by, now=now, escalation=escalation.pk, update=update.number
    )
    offered = take_back_offer(update, by=by, now=now)
    kept = UpdateDraft.objects.filter(escalation=escalation, by=update.by).exists()
    if update.by and not offered and not kept:
        save_update_draft(
            escalation,
            by=update.by,
            now=now,
            process=update.process,
            impact=update.impact,
            promises=update.promises,
        )
    if update.due_at and escalation.is_open:
        set_update(escalation, update.due_at, now)
        if not update.kept:  # its lateness was told before
            escalation.late_at, escalation.fires_at = update.due_at, None
        escalation.save(update_fields=UPDATE)
    update.delete()
