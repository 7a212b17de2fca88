"""Working time: when a team works, and exact arithmetic with it. No database, no Django."""

from ombud.lib.working_time.account import WHY, Line, explain_between, explain_due
from ombud.lib.working_time.arithmetic import (
    add_working_time,
    check,
    is_open,
    next_closing,
    next_opening,
    working_time_between,
)
from ombud.lib.working_time.calendar import ALWAYS, Calendar, Period, Plan
from ombud.lib.working_time.feeds import closed_days
from ombud.lib.working_time.public import countries, make_up_days, public_holidays, regions
from ombud.lib.working_time.reading import read_calendar
from ombud.lib.working_time.refusals import NoWorkingTime, Refused

__all__ = [
    "ALWAYS",
    "WHY",
    "Calendar",
    "Line",
    "NoWorkingTime",
    "Period",
    "Plan",
    "Refused",
    "add_working_time",
    "check",
    "closed_days",
    "countries",
    "explain_between",
    "explain_due",
    "is_open",
    "make_up_days",
    "next_closing",
    "next_opening",
    "public_holidays",
    "read_calendar",
    "regions",
    "working_time_between",
]
