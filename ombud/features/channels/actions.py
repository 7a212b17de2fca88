"""What administrators do about channels and what came in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ADMINISTER, require

from . import events
from .arrival.channel import channels
from .models import ChannelSetting, Incoming

State, Reason = Incoming.State, Incoming.Reason


def retry(incoming, *, by, now):
    """Try again what was put aside or left alone, with all the guards."""
    _line_up(incoming, by=by, now=now, let_in=False)


def let_in(incoming, *, by, now):
    """Take it in whatever the guards say: it is no spam, the sender may write."""
    _line_up(incoming, by=by, now=now, let_in=True)


@transaction.atomic
def _line_up(incoming, *, by, now, let_in):
    require(by, ADMINISTER)
    stuck = Incoming.objects.filter(pk=incoming.pk, state__in=[State.ASIDE, State.IGNORED])
    changed = stuck.update(
        state=State.WAITING,
        reason="",
        due_at=now,
        attempts=0,
        error="",
        stopped_at=None,
        let_in=let_in or incoming.let_in,
    )
    if not changed:
        raise ValidationError(_("It is not waiting for anybody: it was taken in, or is about to be."))
    incoming.refresh_from_db()
    events.RETRIED.record(by=by, now=now, incoming=incoming.pk, let_in=let_in)


@transaction.atomic
def ignore(incoming, *, by, now):
    """Leave alone what was put aside. It stays listed, and can be tried again."""
    require(by, ADMINISTER)
    aside = Incoming.objects.filter(pk=incoming.pk, state=State.ASIDE)
    if not aside.update(state=State.IGNORED, reason=incoming.reason or Reason.BY_HAND):
        raise ValidationError(_("It was not put aside."))
    incoming.refresh_from_db()
    events.IGNORED.record(by=by, now=now, incoming=incoming.pk, reason=incoming.reason)


@transaction.atomic
def switch(name, enabled, *, by, now):
    """Open or close a channel (M4). While mail is closed, other servers are asked to try again later."""
    require(by, ADMINISTER)
    if name not in channels():
        raise ValidationError(_("There is no such channel."))
    ChannelSetting.objects.update_or_create(name=name, defaults={"enabled": enabled})
    events.CHANNEL_SWITCHED.record(by=by, now=now, channel=name, enabled=enabled)
