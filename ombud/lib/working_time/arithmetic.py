"""Questions about working time, exact to the microsecond through every change of the clock."""

from bisect import bisect_left
from datetime import timedelta

from ombud.lib.working_time.blocks import BLOCK, block_of, stretches_from
from ombud.lib.working_time.refusals import N_, NoWorkingTime, Refused
from ombud.lib.working_time.wall import DAY, FIRST, LAST, SECOND, instant_of, time_of

YEAR = 366 * DAY
AHEAD = 10 * YEAR  # how far ahead the next working time is looked for
MINUTE = 60 * SECOND
TOO_LONG = N_("the calendar has not that much working time ahead")


def working_time_between(calendar, start, end):
    """Working time from `start` to `end` (with offsets, `end` not before `start`), as a timedelta."""
    low, high = instant_of(start), instant_of(end, "until")
    if high < low:
        raise Refused("until", N_("the end is before the start"))
    return timedelta(microseconds=worked_between(calendar, low, high))


def worked_between(calendar, low, high):
    """The same between two instants, in microseconds."""
    first, last = low // BLOCK, high // BLOCK
    total = sum(block_of(calendar, number).total for number in range(first, last))
    return total + block_of(calendar, last).worked_before(high) - block_of(calendar, first).worked_before(low)


def add_working_time(calendar, start, seconds):
    """When `seconds` of working time have passed since `start`, in the zone of `start`.

    What runs out exactly at a closing is due at that closing; adding 0 returns `start`. A duration below 0 is
    `Refused`; `NoWorkingTime` if ten years go by without any, or the year 2200 comes.
    """
    instant = instant_of(start)
    left = duration_of(seconds)
    if not left:
        return start
    number = instant // BLOCK
    block = block_of(calendar, number)
    left += block.worked_before(instant)
    patience = number + AHEAD // BLOCK
    while left > block.total:
        if block.total:
            left -= block.total
            patience = number + AHEAD // BLOCK
        number += 1
        if number > patience or number * BLOCK >= LAST:
            raise NoWorkingTime("add_seconds", TOO_LONG)
        block = block_of(calendar, number)
    index = bisect_left(block.worked, left)
    due = block.ends[index] - block.worked[index] + left
    if due >= LAST:
        raise NoWorkingTime("add_seconds", TOO_LONG)
    return time_of(due, start.tzinfo)


def duration_of(seconds, field="add_seconds"):
    """Microseconds of a duration in seconds; `Refused` unless it is a number from 0 up."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds != seconds:
        raise Refused(field, N_("a duration is a number of seconds"))
    if seconds < 0:
        raise Refused(field, N_("a duration cannot be negative"))
    if seconds * SECOND > LAST - FIRST:
        raise Refused(field, N_("a duration is at most 300 years"))
    return round(seconds * SECOND)


def is_open(calendar, at):
    """Whether `at` is working time; an opening is, a closing is not."""
    instant = instant_of(at)
    return worked_between(calendar, instant, instant + 1) > 0


def next_opening(calendar, at):
    """The first opening after `at`, in the zone of `at`; None if there is none in ten years."""
    instant = instant_of(at)
    for start, _ in stretches_from(calendar, instant, instant + AHEAD):
        if start > instant:
            return time_of(start, at.tzinfo)
    return None


def next_closing(calendar, at):
    """The first closing after `at`, in the zone of `at`; None if there is none in ten years."""
    instant = instant_of(at)
    limit = instant + AHEAD
    for _, end in stretches_from(calendar, instant, limit):
        # A stretch that reaches the end of what was looked at goes on behind it.
        return time_of(end, at.tzinfo) if end < (limit // BLOCK + 1) * BLOCK else None
    return None


def check(calendar, now):
    """`NoWorkingTime` if the calendar has not one working minute in the year after `now`."""
    instant = instant_of(now, "now")
    if worked_between(calendar, instant, instant + YEAR) < MINUTE:
        raise NoWorkingTime(
            "hours", N_("there is not one working minute in the next year; no promise could ever fall due")
        )
