"""Silence climbs; somebody who has it stops it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.foundation.post import events as post
from ombud.foundation.post.models import Letter
from ombud.spine.ladders import actions, queries
from ombud.spine.ladders.climbing_due import work_climbs
from ombud.spine.ladders.models import Climb, State, Telling
from ombud.spine.ladders.usual import usual_ladders
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.queries import visible_to
from ombud.spine.tickets.said import Said


def pass_time(cast, **span):
    """Let time go by; the desk does all that is due."""
    now = cast.later(**span)
    while work_promises(now) + work_tray(now) + work_climbs(now):
        pass
    return now


@pytest.fixture
def ticket(cast, ladder):
    ticket = cast.writes(cast.carla)
    tickets.assign(ticket, cast.ada, by=None, now=cast.now)
    return ticket


@pytest.fixture
def climb(cast, ticket):
    """The first reply is broken; the first rung was told."""
    pass_time(cast, hours=1)
    return Climb.objects.get(ticket=ticket)


def told(climb):
    return [telling.person.name for telling in queries.tellings_of(climb).filter(way="mail")]


def letters():
    return Letter.objects.filter(key__startswith="climb:", state=Letter.State.WAITING)


def again(climb):
    return Climb.objects.get(pk=climb.pk)


def test_a_broken_promise_is_climbed_from_its_first_rung(cast, climb):
    assert (climb.rung, climb.state, told(climb)) == (1, State.CLIMBING, ["Ada Lindqvist"])
    assert "climb" in {notice.kind for notice in unread(cast.ada)}


def test_silence_climbs_the_ladder(cast, climb):
    pass_time(cast, minutes=15)
    assert told(climb) == ["Ada Lindqvist", "Inés Ferrer"]
    pass_time(cast, minutes=30)
    assert told(climb)[-1] == "Noor van Dijk"


def test_a_rung_is_told_again_as_often_as_it_says(cast, climb):
    for _five_minutes in range(4):
        pass_time(cast, minutes=5)
    pass_time(cast, minutes=9, seconds=59)
    assert told(climb) == ["Ada Lindqvist"] + ["Inés Ferrer"] * 3


def test_the_top_is_told_until_somebody_has_it(cast, climb):
    pass_time(cast, minutes=15)
    pass_time(cast, minutes=30)
    for _ten_minutes in range(3):
        pass_time(cast, minutes=10)
    assert told(climb).count("Noor van Dijk") == 4


def test_who_has_it_stops_the_rest(cast, climb):
    pass_time(cast, minutes=15)
    before = Telling.objects.count()
    actions.acknowledge(again(climb), by=cast.ines, now=cast.now)
    pass_time(cast, minutes=29)
    assert (again(climb).held_by, Telling.objects.count()) == (cast.ines, before)


def test_a_mail_that_has_not_left_does_not_leave_after_somebody_has_it(cast, climb):
    assert letters().count() == 1
    actions.acknowledge(climb, by=cast.ada, now=cast.now)
    assert letters().count() == 0


def test_the_second_who_takes_it_is_told_politely(cast, climb):
    actions.acknowledge(climb, by=cast.ada, now=cast.now)
    with pytest.raises(actions.AlreadyHeld, match="Ada Lindqvist has it since"):
        actions.acknowledge(climb, by=cast.ines, now=cast.now)


def test_without_progress_it_climbs_on(cast, climb):
    actions.acknowledge(climb, by=cast.ada, now=cast.now)
    pass_time(cast, minutes=30)
    assert (again(climb).state, told(climb)[-1]) == (State.CLIMBING, "Inés Ferrer")
    assert Event.objects.filter(verb="climb.resumed").count() == 1


def test_with_progress_it_is_left_to_who_has_it(cast, climb, ticket):
    actions.acknowledge(climb, by=cast.ada, now=cast.now)
    tickets.note(ticket, by=cast.ada, text="Customs called.", now=cast.later(minutes=10))
    pass_time(cast, minutes=20)
    assert (again(climb).state, len(told(climb))) == (State.HELD, 1)
    pass_time(cast, minutes=30)  # and nothing more
    assert again(climb).state == State.CLIMBING


def test_a_reply_ends_the_climb(cast, climb, ticket):
    ticket.refresh_from_db()
    message = tickets.reply(ticket, by=cast.ada, text="Perdone.", now=cast.now)
    post.LETTER_SENT.record(case=ticket.case_id, now=cast.now, letter=message.letter_id)
    assert (again(climb).state, again(climb).ended_why) == (State.ENDED, "made_good")
    with pytest.raises(actions.Over):
        actions.acknowledge(climb, by=cast.ines, now=cast.now)


def test_a_rung_with_nobody_is_passed_at_once(cast, climb, ticket):
    people.plan_absence(
        person=cast.ines,
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=3),
        by=None,
        now=cast.now,
    )
    pass_time(cast, minutes=15)
    assert (told(climb)[-1], again(climb).rung) == ("Noor van Dijk", 3)
    assert Event.objects.filter(verb="climb.nobody_there", data__rung=2).exists()


def test_a_deputy_is_told_instead(cast, climb):
    people.plan_absence(
        person=cast.ines,
        starts_at=cast.now,
        ends_at=cast.now + timedelta(days=3),
        deputy=cast.emil,
        by=None,
        now=cast.now,
    )
    pass_time(cast, minutes=15)
    assert told(climb)[-1] == "Emil Okafor"


def test_editing_a_ladder_moves_nobody_who_climbs(cast, climb, ladder):
    draft = {**ladder.draft, "rungs": ladder.draft["rungs"][:1] + ladder.draft["rungs"][2:]}
    actions.publish(
        actions.keep_ladder(ladder, name="Broken", draft=draft, by=None, now=cast.now), by=None, now=cast.now
    )
    pass_time(cast, minutes=15)
    assert told(climb)[-1] == "Inés Ferrer"


def test_it_is_climbed_once_at_a_time(cast, climb, ticket, ladder):
    assert actions.start(ladder, ticket, why="by_hand", now=cast.now) is None


def test_a_person_can_climb_now(cast, climb, ticket):
    actions.climb_now(ticket, by=cast.ada, now=cast.now)
    assert told(climb)[-1] == "Inés Ferrer"


def test_letting_go_climbs_at_once(cast, climb):
    actions.acknowledge(climb, by=cast.ada, now=cast.now)
    actions.let_go(climb, by=cast.ada, now=cast.later(minutes=1))
    assert told(climb)[-1] == "Inés Ferrer"


def test_what_was_missed_during_an_outage_is_done_once_and_gives_time_to_answer(cast, climb):
    pass_time(cast, hours=9)
    assert told(climb) == ["Ada Lindqvist", "Inés Ferrer"]


def test_of_a_private_teams_ticket_nobody_else_hears(cast, climb, ticket):
    secret = cast.team("Legal", cast.noor, private=True)
    tickets.set_team(ticket, secret, by=cast.noor, now=cast.now)
    pass_time(cast, minutes=15)
    assert told(climb) == ["Ada Lindqvist", "Noor van Dijk"], "Inés is not in the team; Ada held it already"


def test_who_is_called_by_mail_only_can_open_the_ticket(cast, hours):
    rungs = [{"whom": {"kind": "person", "of": cast.sofia.pk}, "by": ["mail"]}]
    ladder = actions.keep_ladder(
        name="Sponsor", draft={"starts": [{"on": "by_hand"}], "rungs": rungs}, by=None, now=cast.now
    )
    actions.publish(ladder, by=None, now=cast.now)
    ticket = cast.writes(cast.chen)
    assert not visible_to(cast.sofia).filter(pk=ticket.pk).exists()
    actions.climb_now(ticket, by=cast.ada, now=cast.now)
    assert visible_to(cast.sofia).filter(pk=ticket.pk).exists()


@pytest.fixture
def critical(cast):
    """Critical tickets call the escalation manager at once, without any promise."""
    assert cast.emil
    _name, draft = usual_ladders()[0]
    rungs = [
        draft["rungs"][0],
        {**draft["rungs"][0], "whom": {"kind": "person", "of": cast.greta.pk}, "after": 300},
    ]
    ladder = actions.keep_ladder(name="Critical", draft={**draft, "rungs": rungs}, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    return ladder


def test_a_ticket_that_comes_critical_is_climbed_at_once(cast, critical):
    ticket = cast.writes(cast.carla, severity="critical", urgency="high")
    pass_time(cast, seconds=1)
    assert told(Climb.objects.get(ticket=ticket)) == ["Emil Okafor"]


def test_so_is_one_that_becomes_critical_and_once_only(cast, critical):
    ticket = cast.writes(cast.carla)
    pass_time(cast, seconds=1)
    assert not Climb.objects.exists()
    for severity in ("critical", "high", "critical"):
        tickets.set_severity(ticket, severity, by=cast.ada, now=cast.now)
        pass_time(cast, seconds=1)
    assert Climb.objects.get().why == "fits"


def test_what_came_with_an_archive_calls_nobody(cast, critical):
    said = Said(text="Hola", subject="2019", happened_at=cast.now - timedelta(days=400))
    tickets.open_ticket(
        said, customer=cast.carla, channel="email", mailbox=cast.mailbox, severity="critical", now=cast.now
    )
    pass_time(cast, seconds=1)
    assert not Climb.objects.exists()


def test_a_ladder_that_would_begin_for_every_ticket_is_refused(cast, critical):
    draft = {**critical.draft, "starts": [{"on": "fits"}]}
    ladder = actions.keep_ladder(critical, name="Critical", draft=draft, by=None, now=cast.now)
    with pytest.raises(ValidationError, match="every ticket"):
        actions.publish(ladder, by=None, now=cast.now)
