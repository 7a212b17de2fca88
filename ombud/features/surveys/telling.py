"""What the demo’s story is added: a month of questions and answers, at the times of its own events."""

from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.models import Event
from ombud.foundation.people.actions import found_company
from ombud.foundation.people.branding import base_address, default_brand
from ombud.foundation.people.models import Company
from ombud.spine.escalations import events as escalations
from ombud.spine.escalations.models import Escalation
from ombud.spine.sla.actions import keep_word
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets import events as happened
from ombud.spine.tickets.models import Ticket

from . import actions, asking, rounds, who, wording
from .models import Answer, Ask, Kind, Survey, When
from .requests import small_requests
from .spoken import SAID

WEEKS = timedelta(days=62)
HERE = "http://localhost:8000"  # where bin/serve shows the demo unless it is told otherwise
JUST_NOW = timedelta(minutes=50)
DONE = ("resolved", "closed")
ANSWER_PERCENT = 72
SCORES = {  # how the story's customers score, over and over
    Kind.CSAT: (10, 9, 8, 10, 9, 7, 10, 3, 9, 10, 8, 9, 10, 6, 9, 10, 2, 9),
    Kind.NPS: (9, 10, 8, 9, 6, 10, 7, 9, 10, 8, 4, 9, 10, 9),
    Kind.CES: (6, 7, 5, 6, 7, 4, 6, 7, 6, 2, 7, 6),
}


def add_to_story(now):
    """Four surveys that have asked for nine weeks; of those who were asked, two of three answered."""
    company = Company.ours()
    if not base_address(default_brand()):
        kept = {"name": company.name, "language": company.language, "time_zone": company.time_zone}
        found_company(**kept, address=HERE, now=now)
    _Weeks(now).tell()


def _keep_surveys(began):
    calendar = default_calendar()
    every = {"by": None, "now": began, "remind": 3, "follow_up": 8}
    after = every | {"when": When.RESOLVED, "calendar": calendar, "delay": 2 * 3600, "quiet": 2}
    written = {"conditions": {"channels": ["email", "web_form"]}}
    actions.keep_survey(name="After each written request", kind=Kind.CSAT, **after, **written)
    called = {"conditions": {"channels": ["phone"]}}
    actions.keep_survey(name="How easy a call was", kind=Kind.CES, **after, **called)
    reviewed = every | {"when": When.REVIEWED, "calendar": calendar, "delay": 4 * 3600}
    actions.keep_survey(name="After an escalation", kind=Kind.CSAT, quiet=0, **reviewed)
    actions.keep_survey(name="Every month", kind=Kind.NPS, when=When.ROUND, every=30, quiet=0, **every)


class _Weeks:
    """The last weeks once more, as far as surveys are concerned, and small requests of the weeks before."""

    def __init__(self, now):
        self.now, self.began = now, now - WEEKS
        self.deeds, self.order, self.given = [], count(), dict.fromkeys(Kind, 0)
        self.planned = set()

    def tell(self):
        _keep_surveys(self.began)
        Survey.objects.filter(when=When.ROUND).update(looks_at=self.began + timedelta(days=3))
        self.earlier = list(small_requests(self.began, self.now - timedelta(days=2)))
        self._remember()
        while self.deeds:
            at, _order, deed, about = heappop(self.deeds)
            self._work_until(at)
            deed(about, now=at)
        self._work_until(self.now)
        self._one_just_now()

    def _one_just_now(self):
        """The newest answer is a bad one, and somebody owes a word."""
        asks = Ask.objects.filter(state=Ask.State.SENT, survey__kind=Kind.CSAT, ticket__in=self.earlier)
        ask = asks.filter(sent_at__lt=self.now - JUST_NOW).order_by("-sent_at").first()
        if ask:
            self.given[Kind.CSAT] = SCORES[Kind.CSAT].index(3)
            self._answer(ask.pk, now=self.now - JUST_NOW)

    def _at(self, at, deed, about):
        if at <= self.now:
            heappush(self.deeds, (at, next(self.order), deed, about))

    def _remember(self):
        """What the log tells of tickets that were resolved and escalations that were reviewed."""
        for event in Event.objects.filter(verb=happened.STATUS_SET.name).order_by("id"):
            was, now_is = event.data["old"] in DONE, event.data["new"] in DONE
            if now_is and not was:
                self._at(event.happened_at, self._resolved, event.data["ticket"])
        for event in Event.objects.filter(verb=escalations.CLOSED.name).order_by("id"):
            self._at(event.happened_at, self._reviewed, event.data["escalation"])

    def _resolved(self, pk, *, now):
        ticket = Ticket.objects.get(pk=pk)
        if ticket.is_done and ticket.merged_into_id is None:
            actions.ask_about_ticket(ticket, now=now)

    def _reviewed(self, pk, *, now):
        actions.ask_about_escalation(Escalation.objects.get(pk=pk), now=now)

    def _work_until(self, at):
        """What falls due by then is done at its own time."""
        while due := self._next_due(at):
            if not (asking.work_asks(due) or rounds.work_rounds(due)):
                break
            for ask in Ask.objects.filter(state=Ask.State.SENT).exclude(pk__in=self.planned):
                self.planned.add(ask.pk)
                if who.draw(ask.pk, "story") % 100 < ANSWER_PERCENT:
                    hours = 1 + who.draw(ask.pk, "hours") % 40
                    self._at(ask.sent_at + timedelta(hours=hours), self._answer, ask.pk)

    def _next_due(self, at):
        first = Ask.objects.filter(due_at__lte=at).order_by("due_at").values_list("due_at", flat=True).first()
        look = Survey.objects.active().filter(looks_at__lte=at).values_list("looks_at", flat=True).first()
        return min((time for time in (first, look) if time), default=None)

    def _answer(self, pk, *, now):
        ask = Ask.objects.select_related("survey", "customer__account", "ticket__mailbox").get(pk=pk)
        kind, language = ask.survey.kind, wording.language_for(ask.ticket, ask.customer)
        number = self.given[kind]
        self.given[kind] += 1
        score = SCORES[kind][number % len(SCORES[kind])]
        if score <= ask.survey.bad and ask.ticket_id and ask.ticket_id not in self.earlier:
            score = ask.survey.scale.fine  # what the story tells of its own tickets stays as it is told
        words = ""
        if score <= ask.survey.bad or number % 2 == 0:
            spoken = SAID.get(language, SAID["en"])["bad" if score <= ask.survey.bad else "good"]
            words = spoken[number % len(spoken)]
        answer = actions.answer(pk, score, words, language=language, now=now)
        if answer.promise_id:
            self._at(now + timedelta(hours=2), self._come_back, answer.pk)

    def _come_back(self, pk, *, now):
        """Who owed a word kept it the same day, and the ticket is done again; the newest is still owed."""
        answer = Answer.objects.select_related("promise__by", "ticket__case").get(pk=pk)
        if answer.promise.due_at > self.now:
            return
        by = answer.promise.by
        keep_word(answer.promise, by=by, now=now)
        tickets.set_status(answer.ticket, "resolved", by=by, now=now)
