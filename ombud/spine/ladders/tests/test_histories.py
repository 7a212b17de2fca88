"""Random histories: whoever has it is left in peace, and every climb follows the rungs it began with."""

import os
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.foundation.post import events as post
from ombud.foundation.post.models import Letter
from ombud.spine.ladders import actions
from ombud.spine.ladders.climbing_due import work_climbs
from ombud.spine.ladders.models import Climb, State, Telling
from ombud.spine.ladders.rungs import read
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.said import Said
from tests.cast import Cast

from .conftest import PLAN

EXAMPLES = int(os.environ.get("OMBUD_EXAMPLES", 25))  # more of them by hand, when climbing was changed
# Seconds: a moment, between two tellings, one rung, two rungs, longer than patience, a night, a weekend.
SPANS = st.sampled_from([1, 61, 299, 301, 900, 1000, 1801, 4000, 30_000, 200_000])
OURS = st.sampled_from(["ada", "ines", "noor", "emil"])
OPEN = (State.CLIMBING, State.HELD, State.TOPPED)


class Histories(RuleBasedStateMachine):
    """People do things to one ticket and its ladder; the clock comes by when it likes, or not at all."""

    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = cast = Cast()
        assert cast.ada and cast.ines and cast.noor and cast.emil
        target = {"seconds": 3600}
        terms = {"targets": {level: {"first_reply": target, "next_reply": target} for level in ("p2", "p3")}}
        sla.keep_policy(name="Hours", conditions={}, terms=terms, by=None, now=cast.now)
        self.ladder = actions.keep_ladder(name="Broken", draft=PLAN, by=None, now=cast.now)
        actions.publish(self.ladder, by=None, now=cast.now)
        self.ticket = cast.writes(cast.carla)
        tickets.assign(self.ticket, cast.ada, by=None, now=cast.now)
        self.letters, self.had = [], {}

    def fresh(self):
        self.ticket = Ticket.objects.select_related("customer", "mailbox", "assignee").get(pk=self.ticket.pk)
        return self.ticket

    def newest(self):
        return Climb.objects.filter(ticket=self.ticket).order_by("-pk").first()

    @rule(span=SPANS)
    def time_passes(self, span):
        self.cast.later(seconds=span)

    @rule(span=SPANS)
    def the_clock_comes_by(self, span):
        now = self.cast.later(seconds=span)
        while work_promises(now) + work_tray(now) + work_climbs(now):
            pass
        assert not Climb.objects.filter(next_at__lte=now).exists()

    @rule(who=OURS)
    def somebody_has_it(self, who):
        climb = self.newest()
        if climb is None:
            return
        try:
            actions.acknowledge(climb, by=getattr(self.cast, who), now=self.cast.now)
        except (actions.AlreadyHeld, actions.Over):
            return
        last = Telling.objects.filter(climb=climb).order_by("-pk").values_list("pk", flat=True).first()
        self.had[climb.pk] = last

    @rule(who=OURS)
    def somebody_lets_go(self, who):
        climb = self.newest()
        if climb:
            self._try(actions.let_go, climb, who)

    @rule(who=OURS)
    def somebody_does_not_wait(self, who):
        self._try(actions.climb_now, self.fresh(), who)

    def _try(self, verb, thing, who):
        with suppress(ValidationError):  # refused: nothing was changed
            verb(thing, by=getattr(self.cast, who), now=self.cast.now)

    @rule()
    def something_happens_on_the_ticket(self):
        tickets.note(self.fresh(), by=self.cast.ada, text="Customs called.", now=self.cast.now)

    @rule()
    def the_customer_writes(self):
        said = Said(text="¿Y?", subject="Re", happened_at=self.cast.now)
        tickets.receive(self.fresh(), said, customer=self.cast.carla, channel="email", now=self.cast.now)

    @rule()
    def ada_replies_and_it_leaves(self):
        message = tickets.reply(self.fresh(), by=self.cast.ada, text="Voy.", now=self.cast.now)
        post.LETTER_SENT.record(case=self.ticket.case_id, now=self.cast.now, letter=message.letter_id)

    @rule(status=st.sampled_from(["open", "waiting", "resolved"]))
    def somebody_sets_the_status(self, status):
        tickets.set_status(self.fresh(), status, by=self.cast.ada, now=self.cast.now)

    @rule(who=st.sampled_from(["ada", "emil", None]))
    def somebody_else_holds_it(self, who):
        tickets.assign(self.fresh(), who and getattr(self.cast, who), by=None, now=self.cast.now)

    @rule(who=st.sampled_from(["ada", "ines"]), deputy=st.sampled_from(["emil", None]))
    def somebody_is_away(self, who, deputy):
        self._absent(getattr(self.cast, who), deputy and getattr(self.cast, deputy))

    def _absent(self, person, deputy):
        now = self.cast.now
        until = now + timedelta(hours=5)
        with suppress(ValidationError):  # they are away already
            people.plan_absence(person, starts_at=now, ends_at=until, deputy=deputy, by=None, now=now)

    @rule(rungs=st.sampled_from([PLAN["rungs"], PLAN["rungs"][1:], [PLAN["rungs"][0], PLAN["rungs"][2]]]))
    def the_ladder_is_edited(self, rungs):
        draft = PLAN | {"rungs": rungs}
        self.ladder = actions.keep_ladder(self.ladder, name="Broken", draft=draft, by=None, now=self.cast.now)
        self._switch_on()

    def _switch_on(self):
        with suppress(ValidationError):  # somebody is away for long
            actions.publish(self.ladder, by=None, now=self.cast.now)

    @invariant()
    def nobody_is_told_while_somebody_has_it(self):
        for climb in self.climbs():
            if climb.state != State.HELD:
                continue
            last = Telling.objects.filter(climb=climb).order_by("-pk").values_list("pk", flat=True).first()
            assert last == self.had[climb.pk]

    @invariant()
    def no_mail_waits_to_leave_for_what_somebody_has_or_what_is_over(self):
        for climb in self.climbs():
            if climb.state in (State.HELD, State.ENDED):
                keys = [f"climb:{pk}" for pk in climb.tellings.values_list("pk", flat=True)]
                assert not Letter.objects.filter(key__in=keys, state=Letter.State.WAITING).exists()

    @invariant()
    def it_goes_up_one_rung_at_a_time_and_never_too_soon(self):
        for climb in self.climbs():
            follow(climb)

    @invariant()
    def everybody_who_stood_on_a_rung_was_told_in_each_of_its_ways(self):
        for climb in self.climbs():
            tellings_are_what_the_log_says(climb)

    @invariant()
    def who_waits_is_looked_at_again(self):
        for climb in self.climbs():
            waits = climb.state in (State.CLIMBING, State.HELD)
            assert (climb.next_at is not None) == waits, climb.state
            assert (climb.state == State.ENDED) == bool(climb.ended_at)

    @invariant()
    def a_ladder_is_climbed_once_at_a_time(self):
        assert len([climb for climb in self.climbs() if climb.state in OPEN]) <= 1

    def climbs(self):
        return list(Climb.objects.filter(ticket=self.ticket)) if hasattr(self, "ticket") else []

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


def told_of(climb):
    """What the log says of one climb, in order."""
    events = Event.objects.filter(verb__startswith="climb.", data__climb=climb.pk)
    return list(events.order_by("id"))


def follow(climb):
    """Climb it again, slowly, by the log and its own copy of the rungs."""
    rungs, at, told_at, hurried = read(climb.plan).rungs, 0, climb.started_at, False
    for event in told_of(climb):
        verb, rung = event.verb.partition(".")[2], event.data.get("rung")
        if verb in ("rung_reached", "nobody_there"):
            top = at == len(rungs)
            assert rung == (at if top else at + 1), "one rung at a time"
            waited = (event.happened_at - told_at).total_seconds()
            assert hurried or event.actor_id or top or waited >= rungs[rung - 1].after, "not before its time"
            at, hurried = rung, verb == "nobody_there"
            if verb == "rung_reached":
                told_at = event.happened_at
        elif verb == "repeated":
            assert rung == at
            assert event.happened_at >= told_at + timedelta(seconds=rungs[at - 1].repeat)
        elif verb == "resumed":
            hurried = True
    assert climb.rung == at


def tellings_are_what_the_log_says(climb):
    rungs, said, rows = read(climb.plan).rungs, defaultdict(int), defaultdict(int)
    for event in told_of(climb):
        if event.verb in ("climb.rung_reached", "climb.repeated"):
            for person in event.data["people"]:
                for way in rungs[event.data["rung"] - 1].by:
                    said[event.data["rung"], person, way] += 1
    for telling in climb.tellings.all():
        rows[telling.rung, telling.person_id, telling.way] += 1
    assert rows == said


@pytest.mark.django_db
def test_random_histories():
    state = settings(
        max_examples=EXAMPLES,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Histories, settings=state)
