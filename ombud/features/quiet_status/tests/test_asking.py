"""A technical owner is asked at their own times, in one go, and between them only for good reasons."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.features.quiet_status import actions
from ombud.features.quiet_status.models import Answer, Way
from ombud.foundation.events.models import Event
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.spine.escalations import actions as escalations
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises

from .house import asked, bundles, escalate, next_update, utc, work


def told(person):
    return [notice.kind for notice in unread(person) if notice.kind.startswith("status")]


def at(cast, hour, minute=0, day=19):
    """Let the time come, and the house do its work then."""
    cast.now = utc(hour, minute, day)
    work(cast)


@pytest.fixture
def calm(cast):
    """Jun owns a fix; the next update is due on Friday at 17:00 in Amsterdam."""
    cast.now = utc(8, 30)
    escalation = escalate(cast, cast.jun, severity="medium")
    next_update(cast, escalation, utc(16, day=20))
    return escalation


def test_the_desk_asks_at_the_last_time_before_the_update_is_due(cast, calm):
    [request] = asked(cast.jun)
    assert (request.goes_at, request.way) == (utc(15, day=20), Way.TIME)
    at(cast, 15)
    assert bundles(cast.jun) == []
    at(cast, 15, day=20)
    assert [bundle.way for bundle in bundles(cast.jun)] == [Way.TIME]
    assert told(cast.jun) == ["status_request"]


def test_what_is_asked_at_one_time_is_one_bundle(cast, calm):
    other = escalate(cast, cast.jun, severity="medium")
    next_update(cast, other, utc(16, day=20))
    at(cast, 15, day=20)
    [bundle] = bundles(cast.jun)
    assert {request.escalation for request in bundle.requests.all()} == {calm, other}
    assert told(cast.jun) == ["status_request"]


def test_a_manager_asks_at_their_next_time_and_never_twice(cast, calm):
    request = actions.ask(calm, cast.jun, question="Does 4.19 hold?", by=cast.emil, now=cast.now)
    again = actions.ask(calm, cast.jun, question="And 4.18?", by=cast.emil, now=cast.now)
    assert (again.pk, again.question) == (request.pk, "And 4.18?")
    assert again.goes_at == utc(9)  # ten o'clock
    at(cast, 9)
    assert len(bundles(cast.jun)) == 1


def test_who_does_not_lead_it_asks_nobody(cast, calm):
    with pytest.raises(PermissionDenied):
        actions.ask(calm, cast.jun, by=cast.tomasz, now=cast.now)


def test_what_cannot_wait_interrupts_within_the_budget(cast):
    escalation = escalate(cast, cast.jun)  # at 14:36; the first word is due at 15:36, before four
    [bundle] = bundles(cast.jun)
    assert (bundle.way, bundle.against, bundle.promise) == (Way.INTERRUPTION, [], None)
    assert bundle.requests.get().escalation == escalation


def test_over_the_budget_it_waits_for_their_time(cast):
    escalate(cast, cast.jun)
    escalate(cast, cast.jun)
    assert len(bundles(cast.jun)) == 1
    [_asked, waiting] = asked(cast.jun)
    assert waiting.goes_at == utc(15)


def test_over_the_budget_only_for_a_promise_that_would_break_and_that_is_logged(cast):
    escalate(cast, cast.jun)
    ticket = cast.writes(cast.carla)
    promise = sla.promise(ticket, utc(14, 50), "A word by ten to four.", by=cast.emil, now=cast.now)
    escalation = escalate(cast, cast.jun, ticket=ticket)
    bundle = bundles(cast.jun)[1]
    assert (bundle.against, bundle.promise) == (["budget"], promise)
    [event] = Event.objects.filter(verb="status.overruled")
    assert event.case_id == escalation.case_id
    assert event.data["against"] == ["budget"]


def test_in_focus_hours_it_waits_until_they_end(cast):
    actions.set_wishes(cast.jun, focus=[["13:00", "15:00"]], by=cast.jun, now=cast.now)
    escalate(cast, cast.jun)
    assert bundles(cast.jun) == []
    assert asked(cast.jun)[0].goes_at == utc(14)
    at(cast, 14)
    assert [bundle.way for bundle in bundles(cast.jun)] == [Way.INTERRUPTION]


def test_in_focus_hours_a_promise_that_would_break_in_them_does_not_wait(cast):
    actions.set_wishes(cast.jun, focus=[["13:00", "15:30"]], by=cast.jun, now=cast.now)
    ticket = cast.writes(cast.carla)
    sla.promise(ticket, utc(14, 20), "A word by twenty past three.", by=cast.emil, now=cast.now)
    escalate(cast, cast.jun, ticket=ticket)
    assert [bundle.against for bundle in bundles(cast.jun)] == [["focus"]]


def test_at_night_nobody_is_woken_for_an_update(cast):
    cast.now = utc(22)
    escalate(cast, cast.jun, severity="critical")
    assert bundles(cast.jun) == []
    assert asked(cast.jun)[0].goes_at == utc(8, day=20)  # nine, when their day begins


def test_a_promise_that_breaks_makes_the_desk_ask(cast, calm):
    answered(cast, calm)
    ticket = calm.tickets.get()
    sla.promise(ticket, utc(12), "By one.", by=cast.emil, now=cast.now)
    at(cast, 11, 59)
    assert asked(cast.jun) == []
    cast.now = utc(12, 1)
    work_promises(cast.now)
    work(cast)
    assert [bundle.way for bundle in bundles(cast.jun)] == [Way.INTERRUPTION]


def answered(cast, escalation, kind="progress", **more):
    kept = actions.answer(escalation, cast.jun, kind, now=cast.now, **more)
    work(cast)
    return kept


def test_an_answer_ends_the_question_also_when_it_was_not_asked_yet(cast, calm):
    kept = answered(cast, calm, line="In   review.")
    assert kept.line == "In review."
    assert asked(cast.jun) == []
    at(cast, 15, day=20)
    assert bundles(cast.jun) == []


def test_after_an_update_there_is_a_new_question(cast, calm):
    answered(cast, calm)
    cast.later(hours=2)
    escalations.send_update(calm, process="Seguimos.", next_at=utc(16, day=23), by=cast.emil, now=cast.now)
    work(cast)
    assert [request.goes_at for request in asked(cast.jun)] == [utc(15, day=23)]


def test_an_answer_from_an_hour_ago_is_fresh_enough(cast):
    escalation = escalate(cast, cast.jun)
    answered(cast, escalation)
    cast.later(minutes=5)
    escalations.send_update(
        escalation, process="Seguimos.", next_at=cast.now + timedelta(minutes=30), by=cast.emil, now=cast.now
    )
    work(cast)
    assert asked(cast.jun) == []


def test_blocked_is_told_at_once(cast, calm):
    answered(cast, calm, kind="blocked", line="No printer.")
    assert told(cast.emil) == ["status_blocked"]


@pytest.mark.parametrize(("eta", "notices"), [(utc(15, day=20), []), (utc(17, day=20), ["status_later"])])
def test_a_new_time_is_told_at_once_only_if_the_customer_waits_for_less(cast, calm, eta, notices):
    answered(cast, calm, kind="new_eta", eta=eta)
    assert told(cast.emil) == notices


def test_a_new_time_needs_a_time_to_come(cast, calm):
    for eta in (None, cast.now):
        with pytest.raises(ValidationError):
            actions.answer(calm, cast.jun, "new_eta", eta=eta, now=cast.now)
    assert not Answer.objects.exists()


def test_who_asked_by_hand_hears_the_answer(cast, calm):
    actions.ask(calm, cast.jun, by=cast.noor, now=cast.now)
    answered(cast, calm)
    assert told(cast.noor) == ["status_answered"]


def test_who_is_away_is_not_asked_and_the_manager_knows(cast, calm):
    people.plan_absence(
        cast.jun, starts_at=utc(12, day=20), ends_at=utc(12, day=27), by=cast.ines, now=cast.now
    )
    at(cast, 15, day=20)
    assert bundles(cast.jun) == []
    assert asked(cast.jun) == []
    assert told(cast.emil) == ["status_away"]
    with pytest.raises(ValidationError):
        actions.ask(calm, cast.jun, by=cast.emil, now=cast.now)


def test_who_has_no_part_in_it_any_more_is_not_asked(cast, calm):
    escalations.remove_stakeholder(calm, cast.jun, by=cast.emil, now=cast.now)
    work(cast)
    assert asked(cast.jun) == []


def test_over_is_over(cast, calm):
    escalations.de_escalate(calm, "A mistake.", by=cast.emil, now=cast.now)
    actions.send_due(utc(15, day=20))
    assert bundles(cast.jun) == []
    work(cast)
    assert asked(cast.jun) == []


def test_while_updates_are_waived_nobody_asks(cast, calm):
    escalations.waive(calm, utc(9, day=27), "She asked for it.", by=cast.emil, now=cast.now)
    work(cast)
    assert asked(cast.jun) == []


def test_a_time_that_was_slept_through_is_made_up_for_but_not_in_focus_hours(cast, calm):
    actions.set_wishes(cast.jun, focus=[["10:30", "12:00"]], by=cast.jun, now=cast.now)
    actions.ask(calm, cast.jun, by=cast.emil, now=cast.now)
    at(cast, 10)  # the house slept from half past nine until eleven, which is in focus hours
    assert bundles(cast.jun) == []
    assert asked(cast.jun)[0].goes_at == utc(15)


def test_other_wishes_move_what_waits(cast, calm):
    actions.ask(calm, cast.jun, by=cast.emil, now=cast.now)
    actions.set_wishes(cast.jun, times=[14 * 60], by=cast.jun, now=cast.now)
    assert asked(cast.jun)[0].goes_at == utc(13)


@pytest.mark.parametrize(
    "said",
    [
        {"times": []},
        {"times": [8 * 60]},
        {"focus": [["09:30", "11:00"]]},
        {"focus": [["22:00", "06:00"]]},
        {"weekdays": []},
        {"day_from": 18 * 60},
        {"budget": 13},
    ],
)
def test_wishes_that_cannot_be_meant_are_refused(cast, said):
    with pytest.raises(ValidationError):
        actions.set_wishes(cast.jun, by=cast.jun, now=cast.now, **said)
