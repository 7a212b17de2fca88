"""The book of one ticket: its promises, and what each thing that happens does to them. No database.

The live desk reads one thing at a time into a book that it loads and saves (`actions.keeping`); a recount
reads the whole log of a ticket into an empty one (`recount`). Both must come to the same.
"""

from datetime import datetime

from . import events
from .models import Agreement, Kind, Promise, State
from .models.promises import PAUSABLE, REPLIES
from .reckoning import breaks_at, reckon, set_fuse
from .terms import NOTHING

DONE = ("resolved", "closed")


class Book:
    """`agreement` and `promises` are rows, saved or not; `calendar_of(id)` gives working time.

    `happened` collects what is to be written in the log, `touched` the promises that changed.
    """

    def __init__(self, agreement, promises, terms, calendar_of):
        self.agreement, self.promises, self.terms = agreement, list(promises), terms
        self.calendar_of = calendar_of
        self.happened, self.touched = [], {}

    @classmethod
    def begin(cls, ticket_id, at, calendar_of):
        """An empty book for a ticket that was just opened, without any terms yet."""
        agreement = Agreement(ticket_id=ticket_id, status="open", opened_at=at)
        return cls(agreement, [], NOTHING, calendar_of)

    # What happens to a ticket. Each begins with what fell due before it, whether the clock came by or not.

    def catch_up(self, at):
        """Do what fell due until `at`; the worker that fires promises may not have come to it yet."""
        for promise in self._open(Kind.values):
            while promise.fires_at and promise.fires_at <= at:
                self.rang(promise, at)

    def agree(self, version, priority, terms, at, why):
        """This version of a policy holds from now on, read with this priority; open promises follow."""
        self.catch_up(at)
        ours = self.agreement
        if (ours.version_id, ours.priority) == (version and version.pk, priority):
            return
        ours.version, ours.priority, self.terms = version, priority, terms
        self._note(events.AGREED, None, version=version and version.pk, priority=priority, why=why)
        for promise in self._open(PAUSABLE + REPLIES):
            if promise.broken_at is None:
                self._promise_anew(promise, at, why)
        self._make_missing(at)

    def reckoned_anew(self, at):
        """A calendar changed: what is owed is due when its calendar says so now."""
        self.catch_up(at)
        for promise in self._open(PAUSABLE + REPLIES):
            if promise.broken_at is None:
                self._reckon(promise, at, "calendar")

    def opened(self, at, owed_since):
        """A ticket is there. `owed_since`: when the customer's word came in that nobody has answered yet."""
        self.agreement.owed_since = owed_since
        self._make_missing(at)

    def wrote(self, at):
        """The customer wrote."""
        self.catch_up(at)
        if self.agreement.owed_since is None:
            self.agreement.owed_since = at
        self._make_missing(at)

    def answered(self, at):
        """A reply was written; it is on its way."""
        self.catch_up(at)
        for promise in self._open((*REPLIES, Kind.UPDATE)):
            if promise.answered_at is None and promise.started_at <= at:
                promise.answered_at = at
                self._touch(promise)
                set_fuse(promise, self.terms)

    def not_answered(self, at):
        """That reply was taken back, or did not arrive."""
        self.catch_up(at)
        for promise in self._open((*REPLIES, Kind.UPDATE)):
            if promise.answered_at:
                promise.answered_at = None
                self._touch(promise)
                set_fuse(promise, self.terms)
                if self.agreement.status in DONE:
                    self._cancel(promise, at, "resolved")

    def sent(self, at, pressed_at, wrote_since=None):
        """Our reply, written at `pressed_at`, left; the customer may have written again since then."""
        self.catch_up(at)
        ours = self.agreement
        for promise in self._open((*REPLIES, Kind.UPDATE)):
            if promise.started_at <= pressed_at:
                promise.answered_at = promise.answered_at or pressed_at
                self._fulfil(promise, at)
        if ours.owed_since and ours.owed_since <= pressed_at:
            ours.owed_since = wrote_since
        ours.answered_at = ours.answered_at or at
        self._make_missing(at)

    def moved(self, at, status):
        """The ticket has another status."""
        self.catch_up(at)
        was, self.agreement.status = self.agreement.status, status
        if status in DONE and was not in DONE:
            self._done(at)
        elif was in DONE and status not in DONE:
            self._open_again(at)
        self._pause_or_resume(at)

    def reopened(self, at):
        """The customer wrote after it was resolved: a word of its own, whatever was left unanswered then."""
        self.catch_up(at)
        self.agreement.owed_since = None
        self.moved(at, "open")

    def merged_away(self, at):
        """Another ticket goes on in its place."""
        self.catch_up(at)
        self.agreement.status = "closed"
        for promise in self._open(Kind.values):
            self._cancel(promise, at, "merged")

    def took_over(self, at, owed_since):
        """Another ticket was merged into this one; its customer waits since `owed_since`, or does not."""
        self.catch_up(at)
        if owed_since is None:
            return
        ours = self.agreement
        ours.owed_since = min(ours.owed_since or owed_since, owed_since)
        for promise in self._open(REPLIES):
            if promise.broken_at is None and ours.owed_since < promise.started_at:
                promise.started_at = ours.owed_since
                self._reckon(promise, at, "merged")
        self._make_missing(at)

    def rang(self, promise, at):
        """A promise's own time has come: a warning, the break, or the end of the longest pause."""
        if promise.state == State.PAUSED:
            self._resume(promise, promise.fires_at, "limit")
        elif promise.due_at and breaks_at(promise) <= at:
            self._break(promise)
        elif promise.alarms:
            percent = max(p for time, p in promise.alarms if datetime.fromisoformat(time) <= at)
            promise.alarms = [[time, p] for time, p in promise.alarms if p > percent]
            self._touch(promise)
            self._note(events.WARNED, promise, due=iso(promise.due_at), percent=percent)
            set_fuse(promise, self.terms)

    def gave_word(self, at, due_at, words, by):
        """One of ours promised something in words, for a time."""
        self.catch_up(at)
        seconds = round((due_at - at).total_seconds())
        promise = Promise(ticket_id=self.agreement.ticket_id, kind=Kind.WORD, seconds=seconds, started_at=at)
        promise.words, promise.by = words, by
        self._add(promise, at)
        return promise

    def kept_word(self, promise, at):
        """What was promised in words was done."""
        self.catch_up(at)
        self._fulfil(promise, at)

    def withdrew_word(self, promise, at):
        """It does not hold any more."""
        self.catch_up(at)
        self._cancel(promise, at, "withdrawn")

    # How a promise changes

    def _make_missing(self, at):
        """Make what the terms promise and nobody has promised yet."""
        ours, targets = self.agreement, self.terms.of(self.agreement.priority)
        if ours.status in DONE:
            return
        if ours.owed_since and not self._open(REPLIES):
            kind = Kind.NEXT_REPLY if ours.answered_at else Kind.FIRST_REPLY
            self._make(kind, targets.get(kind), ours.owed_since, at)
        if not self._of(Kind.RESOLUTION):
            self._make(Kind.RESOLUTION, targets.get(Kind.RESOLUTION), ours.opened_at, at)
        if ours.answered_at and not self._open((Kind.UPDATE,)):
            self._make(Kind.UPDATE, targets.get(Kind.UPDATE), self._last_word() or ours.answered_at, at)

    def _last_word(self):
        met = [p.met_at for p in self.promises if p.met_at and p.kind in (*REPLIES, Kind.UPDATE)]
        return max(met, default=None)

    def _make(self, kind, target, start, at):
        if target is None:
            return
        promise = Promise(
            ticket_id=self.agreement.ticket_id,
            kind=kind,
            version=self.agreement.version,
            seconds=target.seconds,
            calendar_id=target.calendar,
            started_at=start,
        )
        if self._should_pause(promise):
            promise.state = State.PAUSED
            promise.pauses = [[iso(max(start, at)), None, self.agreement.status]]
        self._add(promise, at)

    def _add(self, promise, at):
        self.promises.append(promise)
        self._work_out(promise, at)
        self._note(events.MADE, promise, due=iso(promise.due_at), seconds=promise.seconds)

    def _promise_anew(self, promise, at, why):
        target = self.terms.of(self.agreement.priority).get(promise.kind)
        if target is None:
            self._cancel(promise, at, why)
            return
        promise.version = self.agreement.version
        promise.seconds, promise.calendar_id = target.seconds, target.calendar
        self._reckon(promise, at, why)
        self._pause_or_resume(at, [promise])

    def _reckon(self, promise, at, why):
        old = promise.due_at
        self._work_out(promise, at)
        if promise.due_at != old:
            self._note(events.MOVED, promise, old=iso(old), new=iso(promise.due_at), why=why)

    def _work_out(self, promise, at):
        self._touch(promise)
        reckon(promise, self.calendar_of(promise.calendar_id), self.terms, at)

    def _fulfil(self, promise, at):
        """It was done: kept if in time, made good if late."""
        self._touch(promise)
        promise.met_at = promise.ended_at = at
        promise.fires_at, promise.alarms = None, []
        self._end_pause(promise, at)
        if promise.broken_at is None:
            promise.state = State.KEPT
        verb = events.MADE_GOOD if promise.broken_at else events.KEPT
        self._note(verb, promise, due=iso(promise.due_at))

    def _break(self, promise):
        self._touch(promise)
        promise.state, promise.broken_at = State.BROKEN, promise.due_at
        promise.fires_at, promise.alarms = None, []
        self._note(events.BROKEN, promise, due=iso(promise.due_at))

    def _cancel(self, promise, at, why):
        self._touch(promise)
        self._end_pause(promise, at)
        if promise.broken_at is None:
            promise.state = State.CANCELLED
        promise.ended_at, promise.why = at, why
        promise.fires_at, promise.alarms = None, []
        self._note(events.CANCELLED, promise, why=why)

    def _done(self, at):
        for promise in self._open(Kind.values):
            if promise.kind == Kind.RESOLUTION:
                self._fulfil(promise, at)
            elif promise.answered_at is None:
                self._cancel(promise, at, "resolved")

    def _open_again(self, at):
        """What was resolved is owed again; its clock goes on where it stood."""
        for promise in self._of(Kind.RESOLUTION)[-1:]:
            if promise.met_at:
                promise.pauses = [*promise.pauses, [iso(promise.met_at), iso(at), "resolved"]]
                promise.met_at = promise.ended_at = None
                promise.state = State.BROKEN if promise.broken_at else State.RUNNING
                self._note(events.OWED_AGAIN, promise)
                self._touch(promise)
                if promise.broken_at is None:
                    self._work_out(promise, at)
        self._make_missing(at)

    def _should_pause(self, promise):
        return promise.kind in PAUSABLE and self.agreement.status in self.terms.pauses

    def _pause_or_resume(self, at, promises=None):
        for promise in self._open(PAUSABLE) if promises is None else promises:
            if promise.state == State.RUNNING and self._should_pause(promise):
                self._pause(promise, at)
            elif promise.state == State.PAUSED and not self._should_pause(promise):
                self._resume(promise, at, self.agreement.status)

    def _pause(self, promise, at):
        if promise.due_at and promise.due_at <= at:
            return  # it is broken already; a pause would only hide it
        promise.state = State.PAUSED
        promise.pauses = [*promise.pauses, [iso(at), None, self.agreement.status]]
        self._work_out(promise, at)
        self._note(events.PAUSED, promise, why=self.agreement.status)

    def _resume(self, promise, at, why):
        self._end_pause(promise, at)
        promise.state = State.RUNNING
        self._work_out(promise, at)
        self._note(events.RESUMED, promise, due=iso(promise.due_at), why=why)

    def _end_pause(self, promise, at):
        if promise.pauses and promise.pauses[-1][1] is None:
            start, _open, why = promise.pauses[-1]
            promise.pauses = [*promise.pauses[:-1], [start, iso(at), why]]

    # Finding and keeping track

    def next_due(self):
        """When the first of what is owed is due; None when nothing is, or all is paused."""
        return min((p.due_at for p in self._open(Kind.values) if p.due_at), default=None)

    def _open(self, kinds):
        return [p for p in self.promises if p.ended_at is None and p.kind in kinds]

    def _of(self, kind):
        return [p for p in self.promises if p.kind == kind and p.state != State.CANCELLED]

    def _touch(self, promise):
        self.touched[id(promise)] = promise

    def _note(self, verb, promise, **data):
        if promise is not None:
            data["kind"] = str(promise.kind)
            if "kind" not in verb.carries:
                data.pop("kind")
        self.happened.append((verb, promise, data))


def iso(at):
    """A time as the log and the rows carry it."""
    return at and at.isoformat()
