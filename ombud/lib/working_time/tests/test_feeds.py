"""Closed days out of a calendar feed."""

from datetime import date

import pytest

from ombud.lib.working_time import Refused, closed_days

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


def feed(*events):
    body = "".join(
        f"BEGIN:VEVENT\nUID:{n}@parcelline.example\n{event}\nEND:VEVENT\n" for n, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Parcelline//EN\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def test_each_day_of_an_all_day_event_is_closed_and_named():
    found = closed_days(
        feed("DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102\nSUMMARY:盘点"), FIRST, LAST
    )
    assert found == {date(2026, 12, 30): "盘点", date(2026, 12, 31): "盘点", date(2027, 1, 1): "盘点"}


def test_events_repeat_but_for_their_exceptions():
    event = "DTSTART;VALUE=DATE:20200506\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270506\nSUMMARY:Founders"
    assert closed_days(feed(event), FIRST, LAST) == {date(2026, 5, 6): "Founders"}


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20260506T100000Z\nDTEND:20260506T110000Z\nSUMMARY:A meeting",
        "DTSTART:20260506T100000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:Every second",
        "DTSTART;VALUE=DATE:20260506\nRRULE:FREQ=SECONDLY\nSUMMARY:Every second of a day",
        "DTSTART;VALUE=DATE:20260506\nSTATUS:CANCELLED\nSUMMARY:Called off",
        "DTSTART;VALUE=DATE:20200506\nSUMMARY:Long ago",
    ],
)
def test_meetings_and_what_was_called_off_close_nothing(event):
    assert closed_days(feed(event), FIRST, LAST) == {}


def test_an_event_over_twenty_years_is_only_looked_at_where_asked():
    event = "DTSTART;VALUE=DATE:20150101\nDTEND;VALUE=DATE:20350101\nSUMMARY:Closed for ever"
    assert len(closed_days(feed(event), FIRST, LAST)) == 730


@pytest.mark.parametrize("raw", [b"", b"<html>Sign in first</html>", b"\xff\xfe\x00", feed("DTSTART:soon")])
def test_what_is_no_feed_is_refused(raw):
    with pytest.raises(Refused, match="feed: this iCalendar feed cannot be read"):
        closed_days(raw, FIRST, LAST)
