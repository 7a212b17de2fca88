"""What begins a ladder besides promises: nobody touches a ticket, somebody asks; several reasons at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.tray import work_tray
from ombud.foundation.notifications.kinds import sentence
from ombud.foundation.notifications.models import Notice
from ombud.foundation.post.models import Letter
from ombud.spine.ladders import actions
from ombud.spine.ladders.climbing_due import work_climbs, work_watches
from ombud.spine.ladders.models import Climb, State, Watch
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said

HOUR = 3600


def pass_time(cast, **span):
    """Let time go by; the desk does all that is due."""
    now = cast.later(**span)
    while work_promises(now) + work_tray(now) + work_watches(now) + work_climbs(now):
        pass
    return now


def switched_on(cast, starts, name="Untouched", top="ines"):
    rungs = [{"whom": {"kind": "person", "of": getattr(cast, top).pk}, "by": ["product", "mail"]}]
    draft = {"starts": starts, "rungs": rungs}
    ladder = actions.keep_ladder(name=name, draft=draft, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    pass_time(cast)
    return ladder


@pytest.fixture
def untouched(cast):
    """Inés is called when nobody touches a ticket for an hour."""
    return switched_on(cast, [{"on": "untouched", "after": HOUR}])


def test_a_ticket_that_nobody_touches_calls_somebody(cast, untouched):
    ticket = cast.writes(cast.carla)
    pass_time(cast, minutes=59)
    assert not Climb.objects.exists()
    pass_time(cast, minutes=1)
    climb = Climb.objects.get(ticket=ticket)
    assert (climb.why, climb.since, climb.rung) == ("untouched", ticket.created_at, 1)


def test_one_that_somebody_touched_calls_nobody(cast, untouched):
    ticket = cast.writes(cast.carla)
    pass_time(cast, minutes=30)
    tickets.note(ticket, by=cast.ada, text="Customs called.", now=cast.now)
    pass_time(cast, hours=3)
    assert not Climb.objects.exists()
    assert not Watch.objects.exists(), "and nothing waits for it any more"


def test_what_a_machine_does_is_no_touch(cast, untouched):
    ticket = cast.writes(cast.carla)
    tickets.assign(ticket, cast.ada, by=None, now=cast.now)
    pass_time(cast, hours=1)
    assert Climb.objects.get().why == "untouched"


def test_the_first_touch_ends_it(cast, untouched):
    ticket = cast.writes(cast.carla)
    pass_time(cast, hours=1)
    tickets.tag(ticket, "customs", by=cast.ada, now=cast.now)
    climb = Climb.objects.get()
    assert (climb.state, climb.ended_why) == (State.ENDED, "touched")
    assert not Letter.objects.filter(key__startswith="climb:", state=Letter.State.WAITING).exists()


def test_having_it_is_no_touch_and_silence_climbs_on(cast, untouched):
    cast.writes(cast.carla)
    pass_time(cast, hours=1)
    actions.acknowledge(Climb.objects.get(), by=cast.ada, now=cast.now)
    pass_time(cast, hours=4)
    assert Climb.objects.get().held_by is None


def test_the_time_may_count_in_a_working_calendar(cast):
    calendar = default_calendar()
    switched_on(cast, [{"on": "untouched", "after": 8 * HOUR, "calendar": calendar.pk}])
    cast.writes(cast.carla)  # Thursday afternoon
    pass_time(cast, hours=8)
    assert not Climb.objects.exists()
    pass_time(cast, hours=24)
    assert Climb.objects.exists()


def test_only_tickets_like_this(cast):
    switched_on(
        cast,
        [
            {"on": "untouched", "after": 2 * HOUR, "conditions": {"tiers": ["gold"]}},
            {"on": "untouched", "after": 4 * HOUR},
        ],
    )
    gold, plain = cast.writes(cast.carla), cast.writes(cast.chen)
    pass_time(cast, hours=2)
    assert [climb.ticket_id for climb in Climb.objects.all()] == [gold.pk]
    pass_time(cast, hours=2)
    assert {climb.ticket_id for climb in Climb.objects.all()} == {gold.pk, plain.pk}


def test_a_rule_that_tags_it_may_make_it_sooner(cast):
    conditions = {"tags": ["customs"]}
    switched_on(cast, [{"on": "untouched", "after": HOUR, "conditions": conditions}])
    ticket = cast.writes(cast.carla)
    pass_time(cast, minutes=20)
    tickets.tag(ticket, "customs", by=None, now=cast.now)
    pass_time(cast, minutes=40)
    assert Climb.objects.get().ticket_id == ticket.pk


def test_what_was_there_before_is_counted_from_the_switch(cast):
    ticket = cast.writes(cast.carla)
    touched = cast.writes(cast.rui)
    tickets.note(touched, by=cast.ada, text="Mine.", now=cast.now)
    pass_time(cast, hours=30)
    switched_on(cast, [{"on": "untouched", "after": HOUR}])
    pass_time(cast, minutes=59)
    assert not Climb.objects.exists()
    pass_time(cast, minutes=1)
    assert Climb.objects.get().ticket_id == ticket.pk


def test_switching_on_a_shorter_time_holds_for_what_waits(cast, untouched):
    cast.writes(cast.carla)
    pass_time(cast, minutes=20)
    draft = {**untouched.draft, "starts": [{"on": "untouched", "after": HOUR // 2}]}
    actions.keep_ladder(untouched, name="Untouched", draft=draft, by=None, now=cast.now)
    actions.publish(untouched, by=None, now=cast.now)
    pass_time(cast, minutes=10)
    assert Climb.objects.exists()


def test_what_came_with_an_archive_calls_nobody(cast, untouched):
    said = Said(text="Hola", subject="2019", happened_at=cast.now - timedelta(days=400))
    tickets.open_ticket(said, customer=cast.carla, channel="email", mailbox=cast.mailbox, now=cast.now)
    pass_time(cast, hours=2)
    assert not Climb.objects.exists()


def test_without_such_a_ladder_nothing_waits(cast, ladder):
    cast.writes(cast.carla)
    pass_time(cast)
    assert not Watch.objects.exists()


def test_what_is_due_is_found_by_an_index(cast, untouched, django_assert_num_queries):
    with django_assert_num_queries(1):
        work_watches(cast.now)


def test_a_beginning_says_for_how_long(cast):
    draft = {"starts": [{"on": "untouched"}], "rungs": []}
    with pytest.raises(ValidationError) as refused:
        actions.keep_ladder(name="Untouched", draft=draft, by=None, now=cast.now)
    assert "starts" in refused.value.message_dict


# Several reasons for one climb


@pytest.fixture
def both(cast, hours):
    """One ladder for broken promises, for late updates and for customers who ask for more."""
    starts = [{"on": "broken"}, {"on": "late_update"}, {"on": "asked"}]
    return switched_on(cast, starts, name="Both")


def begin(cast, ticket, on):
    return actions.begin(ticket, on, since=cast.now, now=cast.now)


def test_a_second_reason_does_not_tell_twice_and_keeps_it_open(cast, both):
    ticket = cast.writes(cast.carla)
    begin(cast, ticket, "late_update")
    pass_time(cast, seconds=1)
    tellings = Climb.objects.get().tellings.count()
    actions.acknowledge(Climb.objects.get(), by=cast.ines, now=cast.now)
    pass_time(cast, hours=1)  # the first reply is broken, too
    climb = Climb.objects.get()
    assert (climb.also, climb.tellings.count()) == (["broken"], tellings)
    actions.settle([ticket.pk], "late_update", ended="updated", now=cast.now)
    climb = Climb.objects.get()
    assert (climb.state, climb.why, climb.promise.kind) == (State.HELD, "broken", "first_reply")


def test_the_last_reason_ends_it(cast, both):
    ticket = cast.writes(cast.carla)
    begin(cast, ticket, "late_update")
    pass_time(cast, hours=1)
    tickets.note(ticket, by=cast.ada, text="Lo miro.", now=cast.now)
    assert Climb.objects.get().also == ["broken"]
    actions.settle([ticket.pk], "late_update", ended="updated", now=cast.now)
    assert Climb.objects.get().why == "broken"
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
    assert Climb.objects.get().state == State.ENDED


def test_who_stands_at_the_top_is_told_of_a_new_reason(cast, both):
    ticket = cast.writes(cast.carla)
    begin(cast, ticket, "late_update")
    pass_time(cast, seconds=1)
    assert Climb.objects.get().state == State.TOPPED
    before = Climb.objects.get().tellings.count()
    begin(cast, ticket, "asked")
    pass_time(cast, seconds=1)
    assert Climb.objects.get().tellings.count() == 2 * before
    assert begin(cast, ticket, "asked") is None
    pass_time(cast, seconds=1)
    assert Climb.objects.get().tellings.count() == 2 * before, "but not twice of the same"


# What people read


@pytest.mark.mission("M12")
def test_the_mail_says_who_waits_since_when(cast, untouched):
    ticket = cast.writes(cast.carla, subject="Etiquetas")
    pass_time(cast, hours=1)
    mail = Letter.objects.get(key__startswith="climb:")
    assert mail.subject == f"Nobody has touched a ticket yet · #{ticket.number} Etiquetas"
    assert "since 14:36" in mail.text, "on Inés's clock, in Amsterdam"
    assert "Carla Benítez, Acme Outdoor" in mail.text


def test_mail_and_notice_say_which_promise_and_since_when(cast, ladder):
    ticket = cast.writes(cast.carla, subject="Etiquetas")
    tickets.assign(ticket, cast.ada, by=None, now=cast.now)
    pass_time(cast, hours=1)
    mail = Letter.objects.get(key__startswith="climb:")
    assert "First reply, due 15:36" in mail.text and "First reply, due 15:36" in mail.html
    notice = Notice.objects.get(person=cast.ada, kind="climb")
    words = sentence(notice, cast.now)
    assert words.startswith("A promise to a customer is broken (First reply, due ")
    assert words.endswith("): do you have it?")


def test_a_notice_of_an_earlier_version_still_says_something(cast, ladder):
    ticket = cast.writes(cast.carla)
    notice = Notice(person=cast.ada, case=ticket.case, kind="climb", key="old", created_at=cast.now)
    assert sentence(notice, cast.now) == "A ladder reached you: do you have it?"
