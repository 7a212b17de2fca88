"""An update whose manager is away passes to the deputy, who hears of it the day before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.spine.escalations import actions
from ombud.spine.escalations.standing_in import update_owner, work_stand_ins
from ombud.spine.escalations.updates_due import work_updates


def pass_time(cast, **span):
    """Let time go by; the desk does all that is due."""
    now = cast.later(**span)
    while work_tray(now) + work_stand_ins(now) + work_updates(now):
        pass
    return now


@pytest.fixture
def escalation(cast):
    """Emil leads it; the next update is due in three days."""
    cast.now = timezone.now()
    assert cast.emil and cast.ines
    raised = actions.raise_one(
        cast.writes(cast.carla), reason="impact", severity="critical", by=cast.ada, now=cast.now
    )
    actions.set_next_update(raised, cast.now + timedelta(days=3), by=cast.emil, now=cast.now)
    pass_time(cast)
    return type(raised).objects.get(pk=raised.pk)


def away(cast, person, deputy=None, after=2, days=5):
    starts = cast.now + timedelta(days=after)
    people.plan_absence(
        person, starts_at=starts, ends_at=starts + timedelta(days=days), deputy=deputy, by=None, now=cast.now
    )
    pass_time(cast)


def told(person):
    return [notice.kind for notice in unread(person) if notice.kind.startswith("escalation_")]


def test_the_deputy_hears_of_it_the_day_before(cast, escalation):
    away(cast, cast.emil, deputy=cast.lin)
    pass_time(cast, days=1, hours=23)
    assert "escalation_stands_in" not in told(cast.lin)
    pass_time(cast, hours=1)
    assert told(cast.lin) == ["escalation_stands_in"]
    pass_time(cast, hours=1)
    assert told(cast.lin) == ["escalation_stands_in"], "once"
    passed = Event.objects.get(verb="escalation.update_passed")
    assert passed.data["person"] == cast.lin.pk


@pytest.mark.mission("P1")
def test_its_page_names_who_writes_it(cast, escalation, client):
    away(cast, cast.emil, deputy=cast.lin)
    page = cast.signed_in(client, cast.ines).get(reverse("cockpit:escalation", args=[escalation.number]))
    assert "Emil Okafor is away when the next update is due: 林晓雯 writes it." in page.content.decode()


def test_its_page_says_that_nobody_was_named(cast, escalation, client):
    away(cast, cast.emil)
    page = cast.signed_in(client, cast.ines).get(reverse("cockpit:escalation", args=[escalation.number]))
    assert "nobody was named to stand in" in page.content.decode()
    assert update_owner(escalation, escalation.next_update_at) == cast.emil


def test_who_is_there_writes_it(cast, escalation):
    away(cast, cast.emil, deputy=cast.lin, after=4)
    pass_time(cast, days=2, hours=12)
    assert told(cast.lin) == []
    assert update_owner(escalation, escalation.next_update_at) == cast.emil


def test_an_absence_planned_within_the_last_day_is_told_at_once(cast, escalation):
    pass_time(cast, days=2, hours=12)
    away(cast, cast.emil, deputy=cast.lin, after=0)
    assert told(cast.lin) == ["escalation_stands_in"]


def test_an_absence_that_was_taken_back_passes_nothing(cast, escalation):
    away(cast, cast.emil, deputy=cast.lin)
    people.cancel_absence(cast.emil.absences.get(), by=cast.ines, now=cast.now)
    pass_time(cast, days=2)
    assert told(cast.lin) == []


def test_warnings_reach_who_writes_it(cast, escalation):
    away(cast, cast.emil, deputy=cast.lin)
    pass_time(cast, days=3)
    assert "escalation_late" in told(cast.lin)
    assert "escalation_late" not in told(cast.emil)


def test_a_deputy_who_could_not_see_it_can(cast, escalation):
    away(cast, cast.emil, deputy=cast.sofia)
    pass_time(cast, days=2)
    assert escalation.stakeholders.get(person=cast.sofia).role == "informed"
