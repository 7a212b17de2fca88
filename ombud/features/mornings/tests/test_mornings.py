"""A mail on weekday mornings, on their clock, with what others did; only for who wishes it."""

from datetime import UTC, datetime, timedelta

import pytest

from ombud.features.mornings.actions import work_mornings
from ombud.features.mornings.models import Morning
from ombud.features.mornings.notices import MORNING
from ombud.foundation.notifications import actions as notifications
from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions

FRIDAY_EIGHT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # in Amsterdam
MONDAY_EIGHT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def escalation(cast):
    """Carla's ticket, led by Emil; Tomasz looks after the account and has a part."""
    assert cast.emil and cast.ines and cast.noor
    ticket = cast.writes(cast.carla)
    return actions.raise_one(ticket, reason="impact", severity="high", by=cast.ada, now=cast.now)


def wish(person, now, *kinds):
    notifications.choose_ways(person, by_mail=list(kinds), while_away=False, by=person, now=now)


def mails(person):
    return [
        letter
        for letter in Letter.objects.filter(key__startswith="morning:")
        if person.email in str(letter.to)
    ]


@pytest.mark.mission("M36")
def test_who_wishes_it_reads_in_the_morning_what_others_did(cast, escalation):
    actions.add_stakeholder(escalation, cast.tomasz, "csm", by=cast.emil, now=cast.now)
    wish(cast.tomasz, cast.now, MORNING)
    actions.send_update(escalation, process="Lo miramos.", by=cast.emil, now=cast.later(minutes=10))
    actions.say_pulse(escalation, cast.carla, 3, now=cast.later(minutes=10))
    work_mornings(FRIDAY_EIGHT - timedelta(minutes=1))
    assert mails(cast.tomasz) == []
    work_mornings(FRIDAY_EIGHT)
    (letter,) = mails(cast.tomasz)
    for words in (
        "E-101",
        "Acme Outdoor",
        "led by Emil Okafor",
        "Update 1 went out in time",
        "3 of 10 (badly)",
    ):
        assert words in letter.text, words
    assert "Lo miramos." not in letter.text
    assert mails(cast.emil) == []


def test_when_nothing_changed_nothing_comes_and_weekends_are_quiet(cast, escalation):
    wish(cast.emil, cast.now, MORNING)
    actions.send_update(escalation, process="Sigo.", by=cast.emil, now=cast.later(minutes=5))
    work_mornings(FRIDAY_EIGHT)
    assert mails(cast.emil) == [], "what he did himself he knows"
    assert Morning.objects.get().due_at == MONDAY_EIGHT
    actions.decide(escalation, "Forward", by=cast.ines, now=FRIDAY_EIGHT + timedelta(hours=2))
    work_mornings(FRIDAY_EIGHT + timedelta(days=1, hours=1))
    assert mails(cast.emil) == []
    work_mornings(MONDAY_EIGHT)
    assert "Something was decided" in mails(cast.emil)[0].text
    work_mornings(MONDAY_EIGHT)
    assert len(mails(cast.emil)) == 1


def test_it_comes_on_their_own_clock_and_in_their_language(cast, escalation):
    cast.emil.time_zone, cast.emil.language = "Asia/Shanghai", "es"
    cast.emil.save()
    wish(cast.emil, cast.now, MORNING)
    assert Morning.objects.get().due_at == datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    actions.decide(escalation, "Forward", by=cast.ines, now=cast.later(minutes=1))
    work_mornings(Morning.objects.get().due_at)
    assert "Se decidió algo" in mails(cast.emil)[0].text


def test_who_does_not_wish_it_any_more_gets_none(cast, escalation):
    wish(cast.emil, cast.now, MORNING)
    wish(cast.emil, cast.now)
    actions.decide(escalation, "Forward", by=cast.ines, now=cast.later(minutes=1))
    work_mornings(FRIDAY_EIGHT)
    assert mails(cast.emil) == []


def test_of_what_one_may_not_see_nothing_is_told(cast, escalation):
    wish(cast.sofia, cast.now, MORNING)
    actions.decide(escalation, "Forward", by=cast.ines, now=cast.later(minutes=1))
    work_mornings(FRIDAY_EIGHT)
    assert mails(cast.sofia) == []
