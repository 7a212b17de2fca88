"""Who is on duty: a team's week, who is there now, and the hours of nobody."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from ombud.spine.ladders import covering
from ombud.spine.ladders.models import Duty

THURSDAY_NOON = datetime(2026, 11, 19, 11, 0, tzinfo=UTC)  # 12:00 in Amsterdam


@pytest.fixture
def team(cast, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: THURSDAY_NOON)
    team = cast.team("Night watch", cast.ada, cast.lin)
    cast.signed_in(client, cast.ines)
    return team


def page_of(team):
    return reverse("office:rota", args=[team.pk])


def put(client, team, person, weekdays, starts, ends):
    given = {"person": person.pk, "weekdays": weekdays, "starts": starts, "ends": ends}
    return client.post(page_of(team), given, follow=True).content.decode()


@pytest.mark.mission("M26")
def test_who_is_on_duty_now_and_who_never_is(cast, client, team):
    page = put(client, team, cast.ada, [0, 1, 2, 3, 4], "9:00", "17:00")
    assert "09:00–17:00" in page
    now = page.partition("On duty now")[2].partition("The week")[0]
    assert "Ada Lindqvist" in now
    assert "duty-hole" in page
    assert "from Fri 17:00 to Mon 09:00" in page


def test_a_night_ends_on_the_next_day(cast, client, team):
    put(client, team, cast.lin, [6], "22:00", "6:00")
    [duty] = Duty.objects.all()
    assert (duty.starts, duty.ends) == (22 * 60, 30 * 60)
    assert covering.spans(duty) == [(6 * 1440 + 1320, covering.WEEK), (0, 360)]


def test_a_week_without_holes(cast, client, team):
    page = put(client, team, cast.ada, list(range(7)), "0:00", "24:00")
    assert "Somebody is on duty at every hour of the week." in page
    assert "somebody at every hour" in client.get(reverse("office:rotas")).content.decode()


def test_one_stretch_is_taken_off(cast, client, team):
    put(client, team, cast.ada, [0, 1], "9", "17.30")
    first = Duty.objects.first()
    client.post(reverse("office:duty_drop", args=[team.pk, first.pk]))
    assert Duty.objects.get().weekday == 1


def test_what_is_no_time_is_said(cast, client, team):
    given = {"person": cast.ada.pk, "weekdays": [0], "starts": "nine", "ends": "25:00"}
    answer = client.post(page_of(team), given)
    assert answer.status_code == 422
    assert answer.content.decode().count("Write a time like 9:00 or 22:00.") == 2
    given = {"person": cast.ada.pk, "starts": "9:00", "ends": "17:00"}
    assert "Choose a weekday." in client.post(page_of(team), given).content.decode()


def test_others_look_but_do_not_change(cast, client, team):
    put(client, team, cast.ada, [0], "9:00", "17:00")
    cast.signed_in(client, cast.lin)
    page = client.get(page_of(team)).content.decode()
    assert "Ada Lindqvist" in page
    assert "Put on duty" not in page
    assert client.post(page_of(team), {}).status_code == 403
