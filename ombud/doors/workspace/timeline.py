"""A ticket's conversation: what was said, and between it what was done, in one column."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import DateTimeField, F, Prefetch, prefetch_related_objects
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Customer, Person, Team, Token
from ombud.lib.prepared import Prepared, Slot
from ombud.spine.tickets import queries
from ombud.spine.tickets.models import Attachment, Level, Status, Tag, Ticket
from ombud.ui.panels import timeline_lines

from . import asking_lines, climb_lines, promise_lines

NEWEST = 60  # messages shown at first; the rest on demand
TOGETHER = timedelta(minutes=2)  # what one person did within this time is one line
NO_FILES = Prefetch("attachments", Attachment.objects.none())  # known to be none, so that nothing is asked
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
OPENED_OUT = 3  # as many lines stand between two messages before they are folded


def _thread(ticket):
    # Of a letter only why it could not be delivered; its words are the message's own.
    return queries.thread(ticket).prefetch_related(None).annotate(trouble=F("letter__error"))


NEWEST_SAID = Prepared(lambda: _thread(Slot("ticket")).reverse()[: NEWEST + 1])


@dataclass
class Line:
    """Something that was done, or several things in a row by the same hand."""

    key: str
    at: object
    by: object
    icon: str
    words: list = field(default_factory=list)
    quiet: bool = False
    who: str = ""
    machine: str = ""


@dataclass
class Fold:
    """Many lines in a row, folded."""

    key: str
    lines: list

    @property
    def words(self):
        many = len(self.lines)
        if all(line.quiet for line in self.lines):
            return ngettext("%(n)s change of a clock", "%(n)s changes of clocks", many) % {"n": many}
        return ngettext("%(n)s change", "%(n)s changes", many) % {"n": many}


def said_on(ticket, *, everything=False, files=True):
    """The messages to show, oldest first, and how many earlier ones were left out. `files`: has any one?"""
    if everything:
        said, left_out = list(_thread(ticket)), 0
    else:
        newest = list(NEWEST_SAID(ticket=ticket.pk))
        left_out = ticket.messages.count() - NEWEST if len(newest) > NEWEST else 0
        said = newest[:NEWEST][::-1]
    if files:
        prefetch_related_objects(said, "attachments")
    else:
        prefetch_related_objects(said, NO_FILES)
    for message in said:
        message.ticket = ticket
    return said, left_out


def of(ticket, said, left_out, known=()):
    """What was said and between it what was done, oldest first; `known` are people who were read already."""
    people = {who.pk: who.name for who in [*known, *(message.by_person for message in said)] if who}
    since = said[0].happened_at if left_out else None
    lines = _lines(ticket, since, {message.created_at for message in said}, people)
    return list(_folded(_mingled(said, lines)))


def _mingled(messages, lines):
    items = [(message.happened_at, 0, message.pk, message) for message in messages]
    items += [(line.at, 1, number, line) for number, line in enumerate(lines)]
    return [item for *_order, item in sorted(items, key=lambda item: item[:3])]


def _folded(items):
    run = []
    for item in [*items, None]:
        if isinstance(item, Line):
            run.append(item)
            continue
        for quiet, lines in groupby(run, attrgetter("quiet")):
            yield from _fold(list(lines), quiet)
        run = []
        if item is not None:
            yield item


def _fold(lines, quiet):
    """What clocks do by themselves is folded always; of what people did, all but the last of many."""
    last = [] if quiet else lines[-1:] if len(lines) > OPENED_OUT else lines
    rest = lines[: len(lines) - len(last)]
    if rest:
        yield Fold(f"fold-{rest[0].key}", rest)
    yield from last


def _goes_without_saying(data, actor, at, said_at):
    """A reply makes it wait, and the customer's word opens it: both are seen in the thread already."""
    if actor is None:
        return data["new"] in ("open", "new")
    return data["new"] in ("waiting", "open") and at in said_at


def _happened():
    """Of a ticket's log what is worth a line, since a time."""
    events = Event.objects.filter(case=Slot("case"), happened_at__gte=Slot("since", DateTimeField()))
    events = events.filter(verb__in=[*SAID, *timeline_lines()]).order_by("id")
    return events.values_list("id", "verb", "actor_id", "token_id", "happened_at", "data")


HAPPENED = Prepared(_happened)


def _lines(ticket, since, said_at, people):
    events = list(HAPPENED(case=ticket.case_id, since=since or LONG_AGO))
    names = Names(events, people)
    lines = []
    for number, verb, actor, token, at, data in events:
        by = None if verb in promise_lines.SAID else _hand(actor, token)  # clocks are nobody's deeds
        if verb == "ticket.status_set" and _goes_without_saying(data, by, at, said_at):
            continue
        icon, words = _said(verb, data, names, by and (actor or by))
        if not words:
            continue
        last = lines[-1] if lines else None
        if last and by and last.by == by and at - last.at <= TOGETHER:
            last.words.append(words)
        else:
            quiet = verb in promise_lines.QUIET
            who = names.person(actor) if by and actor else ""
            machine = names.machine(token) if by and token else ""
            lines.append(Line(f"event-{number}", at, by, icon, [words], quiet, who, machine))
    return lines


def _hand(actor, token):
    """By whose hand: a person's id, or a machine's with its token; None when the house did it by itself."""
    return (actor, token) if token else actor


def _said(verb, data, names, actor):
    """(icon, words) of an event; the words of another room know its data only."""
    if verb in SAID:
        icon, say = SAID[verb]
        return icon, say(data, names, actor)
    icon, say = timeline_lines()[verb]
    return icon, say(data)


class Names:
    """What the ids in events are called, each kind asked for once, unless it is known."""

    KINDS = {"person": (Person, "name"), "team": (Team, "name"), "tag": (Tag, "name")}
    KINDS |= {"ticket": (Ticket, "number"), "customer": (Customer, "name"), "token": (Token, "name")}

    def __init__(self, events, people):
        wanted = defaultdict(set)
        for _number, verb, actor, token, _at, data in events:
            wanted["person"].add(actor)
            wanted["token"].add(token)
            for key, kind in REFERS.get(verb, {}).items():
                wanted[kind].update(data[key] if isinstance(data[key], list) else [data[key]])
        self.known = defaultdict(dict, person=people)
        for kind, ids in wanted.items():
            model, column = self.KINDS[kind]
            ids -= {None, *self.known[kind]}
            if ids:
                self.known[kind] |= model.objects.filter(pk__in=ids).values_list("pk", column)

    def machine(self, token):
        """What a machine is called, as on the page of the log."""
        return _("API token “%(name)s”") % {"name": self.token(token)}

    def __getattr__(self, kind):
        known = self.known[kind]
        return lambda number: known.get(number) or _("somebody")


REFERS = {
    "ticket.assigned": {"old": "person", "new": "person"},
    "ticket.team_set": {"new": "team"},
    "ticket.tagged": {"tag": "tag"},
    "ticket.untagged": {"tag": "tag"},
    "ticket.merged": {"other": "ticket"},
    "ticket.split_off": {"new": "ticket"},
    "ticket.linked": {"other": "ticket"},
    "ticket.unlinked": {"other": "ticket"},
    "ticket.customer_set": {"new": "customer"},
    "ticket.joined_in": {"customer": "customer"},
    "ticket.called_solved": {"customer": "customer"},
    **climb_lines.REFERS,
}


def _assigned(data, names, actor):
    if data["new"] is None:
        return _("gave it back to nobody")
    if data["new"] == actor:
        return _("took it")
    return _strong(
        _("gave it to {name}") if actor else _("It was given to {name}"), names.person(data["new"])
    )


def _team(data, names, actor):
    if data["new"] is None:
        return _("took it from its team")
    return _strong(_("gave it to the team {name}"), names.team(data["new"]))


def _status(data, names, actor):
    words = Status(data["new"]).label if data["new"] in Status.values else data["new"]
    return _strong(_("set it to {name}"), words) if actor else _strong(_("Now {name}"), words)


def _level(sentence):
    def say(data, names, actor):
        words = Level(data["new"]).label if data["new"] in Level.values else data["new"].upper()
        return _strong(_(sentence), words)

    return say


def _priority(data, names, actor):
    sentence = _("overruled the priority: {name}") if data["overruled"] else _("made the priority {name}")
    return _strong(sentence, data["new"].upper())


def _named(sentence, kind, key):
    return lambda data, names, actor: _strong(_(sentence), getattr(names, kind)(data[key]))


def _numbered(sentence, key):
    return lambda data, names, actor: _strong(_(sentence), f"#{names.ticket(data[key])}")


def _just(sentence):
    return lambda data, names, actor: _(sentence)


def _strong(sentence, name):
    before, _slot, after = sentence.partition("{name}")
    return format_html("{}<strong>{}</strong>{}", before, name, after)


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


SAID = {
    "ticket.assigned": ("user-round-plus", _assigned),
    "ticket.team_set": ("users-round", _team),
    "ticket.status_set": ("circle-dot", _status),
    "ticket.reopened": ("rotate-ccw", _just(N_("Opened again: the customer wrote"))),
    "ticket.called_solved": ("check", _named(N_("{name} says that it is solved"), "customer", "customer")),
    "ticket.severity_set": ("flag", _level(N_("set the severity to {name}"))),
    "ticket.urgency_set": ("flag", _level(N_("set the urgency to {name}"))),
    "ticket.priority_set": ("flag", _priority),
    "ticket.tagged": ("tag", _named(N_("put the tag {name} on"), "tag", "tag")),
    "ticket.untagged": ("tag", _named(N_("took the tag {name} off"), "tag", "tag")),
    "ticket.renamed": ("pencil", _just(N_("changed the subject"))),
    "ticket.snoozed": ("alarm-clock", _just(N_("let it sleep"))),
    "ticket.woken": ("alarm-clock", _just(N_("It is awake again"))),
    "ticket.merged": ("merge", _numbered(N_("merged {name} into this ticket"), "other")),
    "ticket.split_off": ("split", _numbered(N_("split messages off into {name}"), "new")),
    "ticket.linked": ("link-2", _numbered(N_("linked it with {name}"), "other")),
    "ticket.unlinked": ("link-2-off", _numbered(N_("took the link with {name} away"), "other")),
    "ticket.customer_set": (
        "circle-user-round",
        _named(N_("gave it to another customer: {name}"), "customer", "new"),
    ),
    "ticket.joined_in": (
        "user-round-plus",
        _named(N_("{name} joined the conversation"), "customer", "customer"),
    ),
    "ticket.bounced": ("mail-warning", _just(N_("A mail of ours came back"))),
    "ticket.reply_taken_back": ("undo-2", _just(N_("took a reply back before it left"))),
    **promise_lines.SAID,
    **climb_lines.SAID,
    **asking_lines.SAID,
}
