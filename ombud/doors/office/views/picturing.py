"""What a calendar's page shows besides its form: open or closed now, the year, an answer, the holidays."""

from zoneinfo import ZoneInfo

from ombud.doors.office.forms.calendars import in_sight
from ombud.doors.office.forms.trying import TryForm, answer
from ombud.foundation.clock import drawn, pictures, queries, words
from ombud.foundation.clock.words import sentence
from ombud.lib.working_time import Refused, is_open, next_closing, next_opening


def shown(row, users, now):
    """A calendar as the list shows it."""
    calendar = queries.working_time_of(row)
    opened = is_open(calendar, now)
    today = now.astimezone(calendar.zone).date()
    monday = today - today.weekday() * pictures.ONE_DAY
    usual = [[(opens / 864, min(closes, 86400) / 864) for opens, closes in day] for day in calendar.hours]
    return {
        "row": row,
        "hours": words.hours(calendar.hours),
        "strip": usual,
        "monday": monday,
        "is_open": opened,
        "turns_at": next_closing(calendar, now) if opened else next_opening(calendar, now),
        "users": users,
    }


def picture(asked, row, plan, now, *, unsaved=False):
    """The year and the answer to a question, of a plan as it is written. `trouble` says why there is none.

    A row that has not been changed is not worked out anew.
    """
    try:
        calendar = (
            queries.working_time_of(row) if row and not unsaved else queries.tried(plan, row=row, now=now)[0]
        )
    except Refused as refused:
        return {"trouble": sentence(refused), "unsaved": unsaved, "try_form": TryForm(asked, _utc(), now)}
    form, context = TryForm(asked, calendar.zone, now), {}
    if form.is_valid():
        try:
            context["answer"] = answer(form, calendar, now)
        except Refused as refused:
            form.add_error(None, sentence(refused))
    return context | {
        "try_form": form,
        "year": drawn.year(calendar, now.astimezone(calendar.zone).date()),
        "hours": words.hours(calendar.hours),
        "zone_name": calendar.timezone,
        "unsaved": unsaved,
    }


def _utc():
    return ZoneInfo("UTC")


def holidays_by_name(public, now):
    """{name: its days in the coming year, in words}."""
    found = in_sight(public, now)
    return {name: [drawn.weekday_and_day(day) for day in days] for name, days in found.items()}
