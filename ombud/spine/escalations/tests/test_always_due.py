"""P1: whatever people do, however late the clock, an open escalation is never without its next update."""

import contextlib
import os
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ombud.foundation.events.models import Event
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation, Solution, Stage
from ombud.spine.escalations.solutions_due import work_solutions
from ombud.spine.escalations.updates_due import work_updates
from tests.cast import Cast

EXAMPLES = int(os.environ.get("OMBUD_EXAMPLES", 12))  # more of them by hand, when a verb was changed
SPANS = st.sampled_from([1, 600, 1900, 3600, 20_000, 90_000, 400_000, 3_000_000])
LEVELS = st.sampled_from(["low", "medium", "high", "critical"])
REFUSED = (ValidationError, PermissionDenied)


class Histories(RuleBasedStateMachine):
    """One escalation, and what a day may bring."""

    @initialize(severity=LEVELS, urgency=LEVELS)
    def begin(self, severity, urgency):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = cast = Cast()
        assert cast.emil
        self.ticket = cast.writes(cast.carla)
        self.raise_one(severity, urgency)

    def raise_one(self, severity, urgency):
        self.escalation = actions.raise_one(
            self.ticket,
            reason="impact",
            severity=severity,
            urgency=urgency,
            by=self.cast.ada,
            now=self.cast.now,
        )

    def attempt(self, verb, *args, by=None, **more):
        """People try things; being refused changes nothing."""
        with contextlib.suppress(REFUSED):
            verb(self.escalation, *args, by=by or self.cast.emil, now=self.cast.now, **more)

    @rule(span=SPANS)
    def time_passes(self, span):
        self.cast.later(seconds=span)

    @rule()
    def the_clock_comes_by(self):
        while work_updates(self.cast.now):
            pass

    @rule(span=st.one_of(st.none(), SPANS))
    def emil_sends_an_update(self, span):
        next_at = span and self.cast.now + timedelta(seconds=span)
        self.attempt(actions.send_update, process="Seguimos.", next_at=next_at)

    @rule(span=st.one_of(st.none(), SPANS), cadence=st.sampled_from([None, 3600]))
    def emil_sets_the_next(self, span, cadence):
        at = span and self.cast.now + timedelta(seconds=span)
        self.attempt(actions.set_next_update, at, cadence=cadence)

    @rule(span=SPANS, why=st.sampled_from(["", "She asked."]))
    def emil_waives(self, span, why):
        self.attempt(actions.waive, self.cast.now + timedelta(seconds=span), why)

    @rule()
    def emil_ends_the_waiver(self):
        self.attempt(actions.end_waiver)

    @rule(severity=LEVELS, urgency=LEVELS)
    def it_gets_worse_or_better(self, severity, urgency):
        self.attempt(actions.set_levels, severity=severity, urgency=urgency)

    @rule()
    def it_is_understood(self):
        self.attempt(actions.set_brief, understood="Yes.", impact="Much.", fix="4.19")

    @rule(kind=st.sampled_from(["fix", "workaround"]), span=SPANS)
    def lin_proposes(self, kind, span):
        due = self.cast.now + timedelta(seconds=span)
        self.attempt(actions.propose, kind, "Ya funciona.", fix_due_at=due, by=self.cast.lin)

    @rule(verb=st.sampled_from([actions.sign_off, actions.withdraw, actions.settle_fix]))
    def emil_decides_on_it(self, verb):
        self.on_the_solution(verb, by=self.cast.emil)

    @rule(verb=st.sampled_from([actions.accept, actions.decline]))
    def carla_answers(self, verb):
        self.on_the_solution(verb, customer=self.cast.carla)

    def on_the_solution(self, verb, **who):
        solution = Solution.objects.filter(escalation=self.escalation).last()
        if solution:
            with contextlib.suppress(*REFUSED):
                verb(solution, now=self.cast.now, **who)

    @rule()
    def the_customer_is_silent(self):
        while work_solutions(self.cast.now):
            pass

    @rule(score=st.integers(1, 10))
    def carla_says_how_it_goes(self, score):
        with contextlib.suppress(*REFUSED):
            actions.say_pulse(self.escalation, self.cast.carla, score, now=self.cast.now)

    @rule(how=st.sampled_from(["room", "link", "words"]))
    def carla_asks_for_more(self, how):
        actions.ask(self.ticket, customer=self.cast.carla, how=how, now=self.cast.now)

    @rule(stage=st.sampled_from(Stage.values))
    def it_comes_further(self, stage):
        self.attempt(actions.reach, stage)

    @rule(why=st.sampled_from(["", "A mistake."]))
    def it_is_none(self, why):
        self.attempt(actions.de_escalate, why)

    @rule(severity=LEVELS, urgency=LEVELS)
    def it_comes_back(self, severity, urgency):
        if not Escalation.objects.get(pk=self.escalation.pk).is_open:
            self.raise_one(severity, urgency)

    @invariant()
    def an_update_is_due_or_waived(self):
        for one in Escalation.objects.open():
            assert (one.next_update_at is None) != (one.waived_until is None)
            assert one.waived_until is None or (one.waived_why and one.waived_by)

    @invariant()
    def what_was_accepted_as_a_workaround_is_owed_or_settled(self):
        for one in Solution.objects.filter(kind="workaround", answer="accepted"):
            assert one.fix_settled_at or one.escalation.stage != Stage.REVIEWED
            assert one.fix_promise is None or (one.fix_promise.ended_at is None) == (not one.fix_settled_at)

    @invariant()
    def something_will_ring(self):
        """Nothing due is left without a clock: it rings, or it has rung and is late."""
        for one in Escalation.objects.open():
            assert one.fires_at is not None or one.late_at == one.next_update_at

    @invariant()
    def after_the_clock_nothing_overdue_is_untold(self):
        if not hasattr(self, "cast"):
            return
        with transaction.atomic():
            while work_updates(self.cast.now):
                pass
            overdue = Escalation.objects.open().filter(next_update_at__lte=self.cast.now)
            assert all(one.late_at for one in overdue)
            late = [e.data["due"] for e in Event.objects.filter(verb="escalation.update_late")]
            assert len(late) == len(set(late))
            transaction.set_rollback(True)

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_random_histories():
    state = settings(
        max_examples=EXAMPLES,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Histories, settings=state)
