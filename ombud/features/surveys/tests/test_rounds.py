"""Surveys that come again and again."""

import pytest

from ombud.features.surveys import rounds
from ombud.features.surveys.models import Ask
from ombud.foundation.people import actions as people


@pytest.mark.mission("M89")
def test_a_customer_is_asked_once_in_a_round_and_again_in_the_next(desk):
    cast = desk.cast
    desk.survey("nps", "round", every=90)
    desk.resolved()
    for _day in range(5):
        desk.later(days=1)
    assert len(desk.mails) == 1
    desk.later(days=60)
    cast.writes(cast.carla, subject="Still with us")
    desk.later(days=30)
    assert len(desk.mails) == 2
    assert "Parcelline" in desk.mails[0]["Subject"]


def test_who_has_not_worked_with_us_lately_is_not_asked(desk):
    desk.resolved()
    desk.later(days=120)
    desk.survey("nps", "round", every=90)
    desk.later()
    assert desk.mails == []


def test_blocked_customers_have_no_turn(desk):
    cast = desk.cast
    desk.resolved()
    people.block(cast.carla, by=cast.ada, now=cast.now)
    desk.survey("nps", "round")
    desk.later()
    assert Ask.objects.count() == 0


def test_many_customers_are_asked_in_several_looks_each_once(desk, monkeypatch):
    monkeypatch.setattr(rounds, "MANY", 3)
    cast = desk.cast
    for number in range(8):
        customer = people.meet(email=f"c{number}@other.example", name=f"C {number}", now=cast.now)
        cast.writes(customer)
    desk.survey("nps", "round")
    desk.later()
    assert Ask.objects.filter(state="sent").count() == 8
    desk.later(days=2)
    assert Ask.objects.count() == 8
