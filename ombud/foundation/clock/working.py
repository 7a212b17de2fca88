"""A calendar's row brought up to date: its holidays, its feed, and what follows from both."""

from datetime import timedelta

from ombud.lib.working_time import read_calendar

from . import plans
from .feeds import days_of

AGAIN = timedelta(days=30)  # how often holidays of further years are looked up
LOOKED_UP = ("holidays", "make_up", "language")  # parts of a plan that holidays depend on
KEPT = ("public", "feed_days", "worked_out", "digest", "version", "work_out_at")


def work_out(row, now, *, anew=True, feed_anew=True):
    """Fill the columns KEPT, and say whether what is worked has changed. `Refused` if the plan is wrong.

    `anew` looks the public holidays up; without it, those that are known are taken.
    """
    span = plans.years(row.made_at, now)
    if anew:
        row.public = plans.look_up(row.plan, span)
        row.work_out_at = now + AGAIN
    if feed_anew:
        row.feed_days = days_of(row.feed, span)
    said = plans.work_out(row.plan, row.public, row.feed_days, span)
    read_calendar(said)
    digest = plans.digest_of(said)
    if digest == row.digest:
        return False
    row.worked_out, row.digest, row.version = said, digest, row.version + 1
    return True
