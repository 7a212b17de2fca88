"""Questions about working calendars."""

from collections import defaultdict
from threading import Lock

from ombud.lib import working_time
from ombud.lib.rooms import plugged

from . import plans
from .models import Calendar

KEPT = 256  # per process; each keeps at most some 400 kB of what it has computed
_kept = {}
_LOCK = Lock()


def calendar(pk):
    """The calendar with this id, without its plan; Calendar.DoesNotExist if there is none."""
    return Calendar.objects.light().get(pk=pk)


def default_calendar():
    """The calendar of whatever names no other; None only before the first run."""
    return Calendar.objects.light().filter(is_default=True).first()


def calendars():
    """Calendars that may be chosen, the default first."""
    return Calendar.objects.light().in_use()


def working_time_of(row):
    """A calendar's row as a `working_time.Calendar`, kept by its content for as long as the process lives.

    It asks the database only when this content was not met before, and never needs the package `holidays`.
    """
    found = _kept.get(row.digest)
    if found is None:
        said = row.worked_out  # of a light row it is fetched now, and may be newer than the row's digest
        found = working_time.read_calendar(said)
        _keep(plans.digest_of(said), found)
    return found


def tried(plan, *, row=None, now):
    """What a plan would make, without saving it: (a `working_time.Calendar`, its public days, the JSON).

    The days of the row's feed count. Imports the package `holidays`. `Refused` says what is wrong.
    """
    span = plans.years(row.made_at if row else now, now)
    public = plans.look_up(plan, span)
    said = plans.work_out(plan, public, row.feed_days if row else {}, span)
    made = working_time.read_calendar(said)
    working_time.check(made, now)
    return made, public, said


def _keep(digest, made):
    with _LOCK:
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        _kept[digest] = made


def who_uses(pks):
    """{calendar id: [(name, address or "")]} of what works by these calendars, as the rooms upstairs say."""
    users = defaultdict(list)
    for tell in plugged("calendar_users"):
        for pk, uses in tell(pks).items():
            users[pk] += uses
    return users
