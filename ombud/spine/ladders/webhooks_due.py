"""Calling other systems: leased, called without a transaction, and written down."""

from datetime import timedelta

from django.conf import settings

from ombud.lib import calling

from . import events
from .models import Webhook
from .webhooks import headers_of

BATCH = 10
LEASE = timedelta(minutes=5)  # longer than a batch of the slowest may take
# Some ten hours in all: whoever is on call there is needed now, not tomorrow.
BACK_OFF = tuple(timedelta(seconds=s) for s in (10, 30, 60, 300, 900, 3600, 10_800, 21_600))
WORTH_ANOTHER = (408, 409, 423, 425, 429)  # of the answers that say “your fault”


def call_due(now):
    """Call one batch of what is due; says how many were taken."""
    taken = Webhook.objects.lease(now, now + LEASE, limit=BATCH)
    for webhook in taken:
        # Whether somebody has it is looked at once more just before it leaves.
        if Webhook.objects.filter(pk=webhook.pk, state=Webhook.State.WAITING).exists():
            _call(webhook, now)
    return len(taken)


def _call(webhook, now):
    webhook.attempts += 1
    try:
        allowed = settings.PRIVATE_WEBHOOKS
        body, headers = webhook.body.encode(), headers_of(webhook, now)
        webhook.status = calling.post(webhook.url, body, headers, allowed=allowed)
    except calling.Refused as refused:
        _dead(webhook, f"refused: {refused}", now)
    except calling.Unreached as unreached:
        _later(webhook, str(unreached), now)
    else:
        _answered(webhook, now)


def _answered(webhook, now):
    if 200 <= webhook.status < 300:
        _write(webhook, now, state=Webhook.State.SENT, due_at=None, sent_at=now, error="")
    elif webhook.status >= 500 or webhook.status in WORTH_ANOTHER:
        _later(webhook, f"HTTP {webhook.status}", now)
    else:
        _dead(webhook, f"HTTP {webhook.status}", now)


def _later(webhook, error, now):
    if webhook.attempts > len(BACK_OFF):
        _dead(webhook, error, now)
    else:
        _write(webhook, now, due_at=now + BACK_OFF[webhook.attempts - 1], error=error)


def _dead(webhook, error, now):
    if _write(webhook, now, state=Webhook.State.DEAD, due_at=None, error=error):
        climb = webhook.climb
        events.WEBHOOK_FAILED.record(
            case=climb.ticket_id, now=now, climb=climb.pk, ticket=climb.ticket_id, webhook=webhook.pk
        )


def _write(webhook, now, **columns):
    """Write down what came of it; nothing when it was taken back meanwhile."""
    waiting = Webhook.objects.filter(pk=webhook.pk, state=Webhook.State.WAITING)
    return waiting.update(attempts=webhook.attempts, status=webhook.status, **columns)
