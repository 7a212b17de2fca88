"""Calls of other systems that could not be delivered: tried again."""

from django.db import transaction

from ombud.foundation.people.permissions import PROMISES, require
from ombud.spine.ladders import events
from ombud.spine.ladders.models import Webhook


@transaction.atomic
def retry_webhooks(ladder, *, by, now):
    """Try again whatever of this ladder could not be delivered; says how many."""
    require(by, PROMISES)
    dead = Webhook.objects.filter(climb__ladder=ladder, state=Webhook.State.DEAD)
    count = dead.update(state=Webhook.State.WAITING, due_at=now, attempts=0)
    if count:
        events.WEBHOOKS_RETRIED.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk, count=count)
    return count


def take_back_calls(climb):
    """Nobody else is told: what was to tell somebody and has not left stays here."""
    waiting = Webhook.objects.filter(climb=climb, telling__isnull=False, state=Webhook.State.WAITING)
    waiting.update(state=Webhook.State.TAKEN_BACK, due_at=None)
