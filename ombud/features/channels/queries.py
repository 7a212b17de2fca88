"""Questions about channels and what came in."""

from django.db.models import Count

from .models import ChannelSetting, Incoming


def is_open(name):
    """Whether an administrator left this channel on; a channel nobody touched is on."""
    return not ChannelSetting.objects.filter(name=name, enabled=False).exists()


def closed():
    """The names of the channels that are switched off."""
    return set(ChannelSetting.objects.filter(enabled=False).values_list("name", flat=True))


def put_aside():
    """What waits for an administrator, the newest first."""
    return _stopped(Incoming.State.ASIDE)


def left_alone():
    """What was not let in, for somebody who looks for a missing mail; the newest first."""
    return _stopped(Incoming.State.IGNORED)


def _stopped(state):
    stopped = Incoming.objects.filter(stopped_at__isnull=False, state=state)
    return stopped.select_related("mailbox").order_by("-stopped_at", "-pk")


def counts():
    """How many are put aside, by reason."""
    aside = Incoming.objects.filter(stopped_at__isnull=False, state=Incoming.State.ASIDE)
    rows = aside.values("reason").annotate(many=Count("pk"))
    return {row["reason"]: row["many"] for row in rows.order_by("reason")}


def waiting(now):
    """How many wait to be taken in, and since when the oldest does (None if none)."""
    oldest = Incoming.objects.filter(due_at__isnull=False).order_by("due_at", "pk").first()
    return Incoming.objects.filter(due_at__isnull=False).count(), oldest and oldest.received_at


def original_of(message):
    """What a message came in as, or None if it did not come in through a channel."""
    return Incoming.objects.filter(message=message).first()
