"""Working calendars in the settings: looking, trying, writing, and who may."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ombud.foundation.clock import actions, queries
from ombud.foundation.clock.models import Calendar

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
FEED = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Parcelline//HR//EN
BEGIN:VEVENT
UID:outing
DTSTART;VALUE=DATE:20270514
DTEND;VALUE=DATE:20270515
RRULE:FREQ=YEARLY
SUMMARY:Company outing
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def greta(cast, client):
    cast.signed_in(client, cast.greta)
    return cast


def see(client, page, *args, **query):
    return client.get(reverse(f"office:{page}", args=args), query).content.decode()


def written(**given):
    """What a browser sends of the editor: the usual week, no different weeks, no days of one's own."""
    sent = {"name": "Madrid support", "time_zone": "Europe/Madrid"}
    sent |= dict.fromkeys(WORKDAYS, "8:30–14:00, 15:00-19")
    for part in ("weeks", "days", "holidays"):
        sent |= {f"{part}-TOTAL_FORMS": "0", f"{part}-INITIAL_FORMS": "0"}
    return sent | given


def days(*entries):
    sent = {"days-TOTAL_FORMS": str(len(entries)), "days-INITIAL_FORMS": "0"}
    for index, entry in enumerate(entries):
        sent |= {f"days-{index}-{name}": value for name, value in entry.items()}
    return sent


def save(client, row=None, **given):
    address = reverse("office:calendar", args=[row.pk]) if row else reverse("office:calendar_new")
    return client.post(address, written(**given), follow=True)


def kept(name="Madrid support"):
    return Calendar.objects.get(name=name)


def test_a_new_desk_works_from_nine_to_five_on_its_own_clock(greta, client):
    page = see(client, "calendars")
    assert "Office hours" in page
    assert "Mon–Fri 9:00–17:00 · Europe/Amsterdam" in page
    assert "default" in page


def test_hours_are_typed_as_one_writes_them(greta, client):
    answer = save(client, sat="22:00–6:00", sun="24h")
    assert "Madrid support is saved." in answer.content.decode()
    page = see(client, "calendars")
    assert "Mon–Fri 8:30–14:00, 15:00–19:00 · Sat 22:00–6:00 · Sun 0:00–24:00 · Europe/Madrid" in page
    assert 'value="8:30–14:00, 15:00–19:00"' in see(client, "calendar", kept().pk)


def test_around_the_clock_is_one_tick(greta, client):
    save(client, always="on")
    page = see(client, "calendars")
    assert "around the clock" in page
    assert "always open" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mon": "nine to five"}, "“nine” is not a time; write it like 9:00 or 17:30."),
        ({"mon": "9:00"}, "“9:00” is not understood; write hours like 9:00–12:00, 13:00–17:30."),
        ({"mon": "9-12, 11-15"}, "One interval begins at 11:00"),
        ({"time_zone": "Mars"}, "We do not know this time zone."),
        ({"name": "Office Hours"}, "There is a calendar with this name already."),
        (dict.fromkeys(WORKDAYS, ""), "There is not one working minute in the next year"),
        ({"places": ["XX"]}, "No public holidays are known for XX"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_saved(greta, client, given, said):
    answer = save(client, **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Calendar.objects.count() == 1


def test_a_question_is_answered_line_by_line(greta, client):
    save(client)
    page = see(client, "calendar", kept().pk, **{"try-start": "2026-11-20T18:00", "try-span": "1 h 30"})
    assert "Mon 23 Nov, 09:00" in page
    for line in ("working hours", "night", "no hours on this weekday", "30 min"):
        assert line in page
    assert "lunch or another break" not in page
    page = see(
        client, "calendar", kept().pk, **{"try-start": "2026-11-20T13:00", "try-until": "2026-11-20T16:00"}
    )
    assert "Working time until then:" in page
    assert "lunch or another break" in page
    assert "2 h" in page


def test_the_account_is_told_in_the_language_of_the_reader(greta, client):
    save(client, places=["ES-MD"])
    greta.signed_in(client, greta.ines)
    greta.ines.language = "es"
    greta.ines.save(update_fields=["language"])
    page = see(client, "calendar", kept().pk, **{"try-start": "2026-12-07T18:00", "try-span": "1 h"})
    assert "horario laboral" in page


def test_a_question_that_is_not_understood_is_said(greta, client):
    row = queries.default_calendar()
    assert "“soon” is not a duration" in see(client, "calendar", row.pk, **{"try-span": "soon"})
    assert "The end is before the start" in see(
        client, "calendar", row.pk, **{"try-start": "2026-11-20T13:00", "try-until": "2026-11-19T16:00"}
    )


def test_public_holidays_are_found_by_name_and_listed(greta, client):
    found = client.get(reverse("office:calendar_places"), {"q": "spa madr"}).json()["items"]
    assert found == [{"value": "ES-MD", "label": "Spain · Madrid"}]
    answer = client.post(reverse("office:calendar_holidays_new"), written(places=["ES-MD"]))
    assert "Christmas Day" in answer.content.decode()


def test_a_public_holiday_can_be_worked_for_half_a_day(greta, client):
    save(client, places=["ES-MD"])
    row = kept()
    chosen = {
        "holidays-TOTAL_FORMS": "1",
        "holidays-0-name": "Christmas Day",
        "holidays-0-work": "hours",
        "holidays-0-hours": "10-12",
    }
    save(client, row, places=["ES-MD"], **chosen)
    page = see(client, "calendar", row.pk, **{"try-start": "2026-12-25T00:00", "try-span": "1 h"})
    assert "Fri 25 Dec, 11:00" in page
    assert "special day: Christmas Day" in page


def test_days_of_our_own_are_closed_or_have_hours_and_come_every_year(greta, client):
    own = days(
        {"name": "Stocktaking", "since": "2026-12-28", "until": "2026-12-29", "yearly": "on"},
        {"name": "Short day", "since": "2026-12-30", "hours": "9-11"},
        {"name": "", "since": "", "hours": ""},
    )
    save(client, **own)
    row = kept()
    page = see(client, "calendar", row.pk, **{"try-start": "2026-12-27T12:00", "try-span": "2 h"})
    assert "closed: Stocktaking" in page
    assert "Wed 30 Dec, 11:00" in page
    page = see(client, "calendar", row.pk, **{"try-start": "2028-12-28T12:00", "try-span": "2 h"})
    assert "closed: Stocktaking" in page


def test_a_day_can_be_removed(greta, client):
    save(client, **days({"name": "Stocktaking", "since": "2026-12-28"}))
    row = kept()
    assert "Stocktaking" in see(client, "calendar", row.pk)
    save(client, row, **days({"name": "Stocktaking", "since": "2026-12-28", "DELETE": "on"}))
    assert "Stocktaking" not in see(client, "calendar", row.pk)


def test_a_different_week_counts_while_it_lasts(greta, client):
    weeks = {"weeks-TOTAL_FORMS": "1", "weeks-0-name": "Summer", "weeks-0-since": "2027-07-01"}
    weeks |= {"weeks-0-until": "2027-08-31", "weeks-0-mon": "8-15"}
    save(client, **weeks)
    page = see(client, "calendar", kept().pk, **{"try-start": "2027-07-05T14:00", "try-span": "2 h"})
    assert "Mon 12 Jul, 09:00" in page
    assert "working hours: Summer" in page


def test_the_picture_follows_what_is_written_before_it_is_saved(greta, client):
    row = queries.default_calendar()
    asked = {"try-start": "2026-11-23T08:00", "try-span": "1 h"}
    address = reverse("office:calendar_picture", args=[row.pk])
    answer = client.post(address, written(mon="6:00–7:00, 10-18") | asked)
    assert "Mon 23 Nov, 11:00" in answer.content.decode()
    assert "Mon 23 Nov, 10:00" in see(client, "calendar", row.pk, **asked)
    answer = client.post(address, written(mon="six") | asked)
    assert "“six” is not understood" in answer.content.decode()


def test_a_feed_from_a_file_closes_its_days(greta, client):
    file = SimpleUploadedFile("closed.ics", FEED, "text/calendar")
    look = client.post(reverse("office:calendar_feed"), {"feed_file": file}).content.decode()
    assert "Company outing" in look
    save(client, feed_file=SimpleUploadedFile("closed.ics", FEED, "text/calendar"))
    row = kept()
    page = see(client, "calendar", row.pk, **{"try-start": "2027-05-14T08:00", "try-span": "1 h"})
    assert "closed: Company outing" in page
    assert "closed.ics" in page
    save(client, row, forget_feed="on")
    page = see(client, "calendar", row.pk, **{"try-start": "2027-05-14T08:00", "try-span": "1 h"})
    assert "Company outing" not in page


def test_a_file_that_is_no_feed_is_refused(greta, client):
    answer = save(client, feed_file=SimpleUploadedFile("photo.ics", b"\x89PNG", "text/calendar"))
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()


@pytest.fixture
def server():
    """Somebody else's calendar server, which answers with `server.feed`."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.headers.get("If-None-Match"))
            if self.server.feed is None:
                self.send_error(503)
                return
            same = self.headers.get("If-None-Match") == '"1"'
            self.send_response(304 if same else 200)
            self.send_header("ETag", '"1"')
            self.end_headers()
            self.wfile.write(b"" if same else self.server.feed)

        def log_message(self, *_words):
            pass

    listening = HTTPServer(("127.0.0.1", 0), Answers)
    listening.feed, listening.asked = FEED, []
    listening.url = f"http://127.0.0.1:{listening.server_port}/closed.ics"
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield listening
    listening.shutdown()
    listening.server_close()


def test_a_feed_at_an_address_is_fetched_again_and_again(greta, client, server):
    save(client, feed_url=server.url)
    row = kept()
    assert "It is being fetched." in see(client, "calendar", row.pk)
    assert actions.refresh_feeds(row.feed_due_at) == 1
    asked = {"try-start": "2027-05-14T08:00", "try-span": "1 h"}
    assert "closed: Company outing" in see(client, "calendar", row.pk, **asked)
    client.post(reverse("office:calendar_refresh", args=[row.pk]))
    assert server.asked == [None, '"1"']
    server.feed = None
    client.post(reverse("office:calendar_refresh", args=[row.pk]))
    page = see(client, "calendar", row.pk, **asked)
    assert "The server answered 503." in page
    assert "What was read before still counts." in page
    assert "closed: Company outing" in page


def test_a_feed_that_cannot_be_read_says_why_when_one_looks(greta, client, server):
    server.feed = b"<html>Sign in</html>"
    look = client.post(reverse("office:calendar_feed"), {"feed_url": server.url})
    assert "cannot be read" in look.content.decode()
    look = client.post(reverse("office:calendar_feed"), {"feed_url": "file:///etc/passwd"})
    assert "A feed’s address begins with https://" in look.content.decode()


def test_the_default_can_be_another_and_what_is_out_of_use_can_come_back(greta, client):
    save(client)
    row, first = kept(), queries.default_calendar()
    client.post(reverse("office:calendar_default", args=[row.pk]))
    assert queries.default_calendar() == row
    client.post(reverse("office:calendar_archive", args=[first.pk]))
    page = see(client, "calendars")
    assert page.index("Madrid support") < page.index("Out of use") < page.index("Office hours")
    answer = client.post(reverse("office:calendar_archive", args=[row.pk]), follow=True)
    assert "This is the default calendar. Make another one the default first." in answer.content.decode()


def test_the_log_says_who_changed_a_calendar(greta, client):
    save(client)
    client.post(reverse("office:calendar_default", args=[kept().pk]))
    page = see(client, "log")
    assert "A working calendar was made or changed." in page
    assert "A working calendar became the default one." in page
    assert "Office hours" in page
    assert "Madrid support" in page


def test_who_works_by_a_calendar_is_named(greta, client, monkeypatch):
    row = queries.default_calendar()
    users = {row.pk: [("Gold", "/settings/policies/1")]}
    monkeypatch.setattr(queries, "plugged", lambda kind: [lambda pks: users])
    assert "Gold" in see(client, "calendars")
    assert '<a class="link" href="/settings/policies/1">Gold</a>' in see(client, "calendar", row.pk)


def test_who_does_not_keep_people_may_look_and_try_but_not_write(greta, client):
    row = queries.default_calendar()
    greta.signed_in(client, greta.ada)
    page = see(client, "calendar", row.pk, **{"try-start": "2026-11-23T08:00", "try-span": "1 h"})
    assert "Mon 23 Nov, 10:00" in page
    assert "The usual week" not in page
    assert "Mon–Fri 9:00–17:00" in page
    assert client.post(reverse("office:calendar", args=[row.pk]), written()).status_code == 403
    assert client.post(reverse("office:calendar_new"), written()).status_code == 403
    assert queries.default_calendar().name == "Office hours"
