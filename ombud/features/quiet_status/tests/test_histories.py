"""Whatever happens, however late the clock: nobody is interrupted against their wishes without a reason."""

import contextlib
import os
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ombud.features.quiet_status import actions
from ombud.features.quiet_status.models import OPEN, Answer, Bundle, Request, Way, Wishes
from ombud.features.quiet_status.queries import hours_of, interruptions_on, wishes_of
from ombud.foundation.clock.due import next_due
from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions as escalations
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.sla import actions as sla
from ombud.spine.sla.falling_due import work_promises
from tests.cast import Cast

EXAMPLES = int(os.environ.get("OMBUD_EXAMPLES", 8))  # more of them by hand, when a verb was changed
SPANS = st.sampled_from([60, 600, 1900, 3600, 20_000, 90_000, 400_000])
WHICH = st.integers(0, 2)
WHO = st.sampled_from(["jun", "lin"])
REFUSED = (ValidationError, PermissionDenied)
WISHES = st.sampled_from(
    [
        {"times": [600, 960], "focus": [], "budget": 1, "weekdays": [0, 1, 2, 3, 4]},
        {"times": [555], "focus": [["10:00", "12:00"], ["13:30", "17:00"]], "budget": 0},
        {"times": [720, 1020], "focus": [["09:00", "12:00"]], "budget": 2, "weekdays": [0, 3, 5]},
        {"times": [540, 780, 1050], "day_from": 480, "day_until": 1200, "focus": [], "budget": 3},
    ]
)


class Histories(RuleBasedStateMachine):
    """Three escalations, two technical owners, and what a week may bring."""

    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = cast = Cast()
        assert cast.emil and cast.jun and cast.lin
        self.tickets = [cast.writes(cast.carla) for _n in range(3)]
        self.escalations = [self.escalate(ticket, "high") for ticket in self.tickets]

    def escalate(self, ticket, severity):
        owners = [(self.cast.jun, "technical"), (self.cast.lin, "technical")]
        more = {"reason": "impact", "severity": severity, "by": self.cast.emil, "now": self.cast.now}
        return escalations.raise_one(ticket, **more, stakeholders=owners)

    def attempt(self, verb, *args, **more):
        """People try things; being refused changes nothing."""
        with contextlib.suppress(*REFUSED):
            verb(*args, now=self.cast.now, **more)

    def work(self, now):
        for _again in range(50):
            if not sum(do(now) for do in (work_updates, work_promises, work_tray, actions.send_due)):
                return
        raise AssertionError("the house never comes to rest")

    @rule(span=SPANS)
    def time_passes_and_the_house_works_when_something_is_due(self, span):
        until = self.cast.now + timedelta(seconds=span)
        while at := next_due(self.cast.now, until):
            self.cast.now = at
            self.work(at)
        self.cast.now = until

    @rule(span=SPANS)
    def the_house_sleeps(self, span):
        self.cast.later(seconds=span)

    @rule()
    def the_house_works(self):
        self.work(self.cast.now)

    @rule(which=WHICH, who=WHO)
    def emil_asks(self, which, who):
        person = getattr(self.cast, who)
        self.attempt(actions.ask, self.escalations[which], person, by=self.cast.emil)

    @rule(which=WHICH, who=WHO, kind=st.sampled_from(["no_change", "blocked", "new_eta"]))
    def somebody_answers(self, which, who, kind):
        eta = self.cast.now + timedelta(hours=5) if kind == "new_eta" else None
        self.attempt(actions.answer, self.escalations[which], getattr(self.cast, who), kind, eta=eta)

    @rule(who=WHO, wishes=WISHES)
    def somebody_wishes(self, who, wishes):
        person = getattr(self.cast, who)
        # Other hours in the middle of a day would make what was right this morning look wrong.
        if not interruptions_on(person, *self.day(person)):
            self.attempt(actions.set_wishes, person, by=person, **wishes)

    def day(self, person):
        return hours_of(wishes_of(person)).day_of(self.cast.now)

    @rule(which=WHICH, span=st.one_of(st.none(), SPANS))
    def emil_sends_an_update(self, which, span):
        next_at = span and self.cast.now + timedelta(seconds=span)
        update = {"process": "Seguimos.", "next_at": next_at, "by": self.cast.emil}
        self.attempt(escalations.send_update, self.escalations[which], **update)

    @rule(which=WHICH, span=SPANS)
    def emil_waives(self, which, span):
        until = self.cast.now + timedelta(seconds=span)
        self.attempt(escalations.waive, self.escalations[which], until, "Asked.", by=self.cast.emil)

    @rule(which=WHICH, span=SPANS)
    def something_is_promised(self, which, span):
        due = self.cast.now + timedelta(seconds=span)
        self.attempt(sla.promise, self.tickets[which], due, "Soon.", by=self.cast.emil)

    @rule(which=WHICH, who=WHO)
    def somebody_is_out_and_in_again(self, which, who):
        person, escalation = getattr(self.cast, who), self.escalations[which]
        self.attempt(escalations.remove_stakeholder, escalation, person, by=self.cast.emil)
        self.attempt(escalations.add_stakeholder, escalation, person, "technical", by=self.cast.emil)

    @rule(who=WHO, span=SPANS)
    def somebody_is_away(self, who, span):
        times = {"starts_at": self.cast.now, "ends_at": self.cast.now + timedelta(seconds=span)}
        self.attempt(people.plan_absence, getattr(self.cast, who), **times, by=self.cast.ines)

    @rule(which=WHICH, severity=st.sampled_from(["low", "critical"]))
    def it_is_over_and_comes_back(self, which, severity):
        self.attempt(escalations.de_escalate, self.escalations[which], "Over.", by=self.cast.emil)
        self.escalations[which] = self.escalate(self.tickets[which], severity)

    @invariant()
    def nobody_is_interrupted_beyond_the_budget_without_a_promise_that_would_break(self):
        for bundle in Bundle.objects.filter(way=Way.INTERRUPTION, pk__gt=self.looked_at()):
            hours = hours_of(wishes_of(bundle.person))
            start, end = hours.day_of(bundle.at)
            before = Bundle.objects.filter(
                person=bundle.person, way=Way.INTERRUPTION, at__gte=start, at__lt=end, pk__lt=bundle.pk
            )
            beyond = before.count() >= hours.wishes.budget
            assert ("budget" in bundle.against) == beyond
            assert (hours.quiet(bundle.at) or "no") in [*bundle.against, "no"]
            self.a_promise_would_break(bundle, hours)
        self.seen = max([self.looked_at(), *Bundle.objects.values_list("pk", flat=True)])

    def looked_at(self):
        return getattr(self, "seen", 0)

    def a_promise_would_break(self, bundle, hours):
        logged = Event.objects.filter(verb="status.overruled", data__bundle=bundle.pk)
        assert bool(bundle.against) == logged.exists()
        if bundle.against:
            promise = bundle.promise
            assert promise.ended_at is None
            assert bundle.at < promise.due_at <= hours.next_time(bundle.at)

    @invariant()
    def a_bundle_at_their_time_is_at_a_time_of_theirs_and_not_in_focus_hours(self):
        for bundle in Bundle.objects.filter(way=Way.TIME, pk__gt=self.seen_times()):
            hours = hours_of(wishes_of(bundle.person))
            assert not hours.quiet(bundle.sent_at)
            assert bundle.at <= bundle.sent_at
        self.times = max([self.seen_times(), *Bundle.objects.values_list("pk", flat=True)])

    def seen_times(self):
        return getattr(self, "times", 0)

    @invariant()
    def one_bundle_a_time_and_one_letter_a_bundle(self):
        times = Bundle.objects.filter(way=Way.TIME).values("person", "at").annotate(count=Count("pk"))
        assert all(row["count"] == 1 for row in times)
        keys = {f"status:{pk}" for pk in Bundle.objects.values_list("pk", flat=True)}
        assert set(Letter.objects.filter(key__startswith="status:").values_list("key", flat=True)) == keys

    @invariant()
    def one_open_request_for_each_escalation_and_person(self):
        rows = Request.objects.filter(state__in=OPEN).values("escalation", "person")
        assert all(row["count"] == 1 for row in rows.annotate(count=Count("pk")))
        assert Answer.objects.filter(request__state__in=OPEN).count() == 0

    @invariant()
    def what_waits_will_ring(self):
        for wishes in Wishes.objects.all():
            waiting = Request.objects.filter(person=wishes.person, state__in=OPEN, goes_at__isnull=False)
            first = waiting.order_by("goes_at").values_list("goes_at", flat=True).first()
            assert wishes.goes_at == first

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_random_histories():
    state = settings(
        max_examples=EXAMPLES,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Histories, settings=state)
