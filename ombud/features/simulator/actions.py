"""Asking for a replay, stopping it, letting it go on."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import PROMISES, require
from ombud.spine.ladders.checking import check_draft

from . import events
from .models import Simulation, State
from .queries import candidates

LONGEST = timedelta(days=366)
KEPT = 20  # simulations of one ladder; older ones make way


@transaction.atomic
def simulate(ladder, *, since, until, by, now):
    """Replay a ladder's draft, and its live version beside it, over the past; what still runs is stopped.

    Raises ValidationError when there is nothing to climb, or the range is none.
    """
    if by is not None:
        require(by, PROMISES)
    if not ladder.draft.get("rungs") or not ladder.draft.get("starts") or check_draft(ladder.draft):
        raise ValidationError(_("Give it a beginning and a rung first; then it can be replayed."))
    if not since < until <= now or until - since > LONGEST:
        raise ValidationError(_("Choose days of the past, a year at most."))
    running = Simulation.objects.filter(ladder=ladder, state=State.RUNNING)
    running.update(state=State.STOPPED, due_at=None)
    simulation = Simulation(
        ladder=ladder,
        plan=ladder.draft,
        live=None if ladder.archived_at else ladder.version,
        since=since,
        until=until,
        by=by,
        asked_at=now,
        due_at=now,
    )
    simulation.total = candidates(simulation).count()
    simulation.save()
    older = Simulation.objects.filter(ladder=ladder).order_by("-id").values_list("pk", flat=True)[KEPT:]
    Simulation.objects.filter(pk__in=list(older)).delete()
    events.BEGUN.record(case=ladder.case_id, by=by, now=now, simulation=simulation.pk, ladder=ladder.pk)
    return simulation


@transaction.atomic
def stop(simulation, *, by, now):
    """Leave it where it is; what was counted stays."""
    if by is not None:
        require(by, PROMISES)
    running = Simulation.objects.filter(pk=simulation.pk, state=State.RUNNING)
    if running.update(state=State.STOPPED, due_at=None):
        _record(events.STOPPED, simulation, by, now)


@transaction.atomic
def resume(simulation, *, by, now):
    """Go on where it was stopped."""
    require(by, PROMISES)
    stopped = Simulation.objects.filter(pk=simulation.pk, state__in=[State.STOPPED, State.FAILED])
    if stopped.update(state=State.RUNNING, due_at=now):
        _record(events.RESUMED, simulation, by, now)


def _record(verb, simulation, by, now):
    case, ladder = simulation.ladder.case_id, simulation.ladder_id
    verb.record(case=case, by=by, now=now, simulation=simulation.pk, ladder=ladder)
