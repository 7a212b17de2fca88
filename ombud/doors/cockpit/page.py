"""Everything that an escalation's page shows, gathered with as few questions as possible."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Customer, Person
from ombud.foundation.people.permissions import ANSWER, ASSIGN, NOTE, may
from ombud.spine.escalations import queries
from ombud.spine.escalations.models import Contact, Stage, Stakeholder
from ombud.spine.ladders import drawn
from ombud.spine.ladders.queries import climbs_open_on
from ombud.spine.tickets.models import Level
from ombud.spine.tickets.queries import visible_to
from ombud.ui.panels import panels
from ombud.ui.times import when_words

from . import brief, clocks, due, parts, pulse, room_links, solution, stages, timeline
from .asked import said


@dataclass(frozen=True)
class Can:
    """What this person may do with this escalation, for buttons; the verbs ask again."""

    run: bool
    answer: bool
    note: bool
    write: bool
    take_over: bool
    climb: bool
    join: bool


def can(person, escalation, seen):
    """`seen`: the tickets of it that they may see."""
    is_open = escalation.is_open
    answers = is_open and may(person, ANSWER)
    return Can(
        run=is_open and queries.may_run(person, escalation),
        answer=answers,
        note=is_open and may(person, NOTE),
        write=is_open and may(person, NOTE) and bool(seen),
        take_over=answers and escalation.manager_id != person.pk,
        climb=is_open and may(person, ASSIGN) and bool(seen),
        join=answers,
    )


def of(escalation, person, *, now, show, everything):
    """The context of the page."""
    tickets = queries.tickets_of(escalation) if escalation.is_open else _of_a_closed_one(escalation)
    visible = set(visible_to(person).filter(pk__in=[one.pk for one in tickets]).values_list("pk", flat=True))
    seen = [ticket for ticket in tickets if ticket.pk in visible]
    updates = list(escalation.updates.select_related("by").prefetch_related("messages"))
    zone = queries.zone_of(escalation)
    promises = clocks.promised_on(seen)
    may_do = can(person, escalation, seen)
    kept = timeline.Kept(
        updates,
        list(escalation.decisions.select_related("by")),
        solution.of_escalation(escalation),
        pulse.of_escalation(escalation),
    )
    return {
        "now": now,
        "when_words": when_words,
        "me": person,
        "escalation": escalation,
        "can": may_do,
        "stages": stages.of(escalation),
        "due": due.of(escalation, updates[-1] if updates else None, zone, now),
        "place": f"E-{escalation.number}",
        "clocks": clocks.lines(promises, now),
        "climbs": [(climb, drawn.strip(climb, now)) for one in seen[:3] for climb in climbs_open_on(one)],
        "levels": said(Level.choices),
        "level_of": {level: n for n, level in enumerate(Level.values, 1)},
        "missed": brief.missed(promises, updates, escalation, now),
        "own_words": brief.own_words(visible) if visible else [],
        "panels": panels("escalation_panels", escalation, person, now),
        **solution.of(escalation, kept.solutions, person, now),
        "pulse": pulse.of(kept.pulses),
        **room_links.of(escalation, seen if escalation.is_open else [], now),
        **told(escalation, tickets, seen, kept, now, show, everything),
        **people_of(escalation, person),
        **writing(escalation, person, tickets, updates, zone, now),
        **(choosing(escalation) if may_do.note else {}),
    }


def _of_a_closed_one(escalation):
    """Those that belonged to it when it was closed."""
    rows = escalation.involved.filter(left_at=escalation.closed_at)
    related = ("ticket__customer", "ticket__account", "ticket__assignee", "ticket__case")
    return [row.ticket for row in rows.select_related(*related)]


def told(escalation, tickets, seen, kept, now, show, everything):
    """The timeline, its tabs, and the tickets beside it."""
    entries = timeline.of(escalation, seen, kept, now=now)
    show = show if show in timeline.TABS else timeline.TABS[0]
    entries_shown, left_out = timeline.shown(entries, show, everything)
    return {
        "show": show,
        "clock_of": timeline.clock_of,
        "entries": entries_shown,
        "left_out": left_out,
        "counts": timeline.counts(entries),
        "decisions": kept.decisions[::-1],
        "tickets": seen,
        "hidden_tickets": len(tickets) - len(seen),
        "case_ids": [escalation.case_id, *(one.case_id for one in seen)],
    }


def people_of(escalation, person):
    """Who has a part in it, on both sides, and whether this person still has to say that they have theirs."""
    stakes = list(escalation.stakeholders.select_related("person"))
    contacts = list(escalation.contacts.select_related("customer"))
    own = next((one for one in stakes if one.person_id == person.pk), None)
    return {
        "stakeholders": stakes,
        "contacts": contacts,
        "contact_choices": [(one.customer_id, str(one.customer)) for one in contacts],
        "own_stake": own,
        "expected": parts.EXPECTED[own.role] if own else "",
    }


def writing(escalation, person, tickets, updates, zone, now):
    """What the update's composer shows."""
    languages = dict.fromkeys(one.language or one.customer.language for one in tickets)
    return {
        "draft": escalation.update_drafts.filter(by=person).first(),
        "last_update": updates[-1] if updates else None,
        "number_next": len(updates) + 1,
        "addressed": addressed(escalation, tickets),
        "written_in": [language_name(code) for code in languages if code],
        "next_choices": due.choices(escalation, zone, now),
        "cadence": due.cadence_words(escalation),
        "cadences": due.cadences(escalation),
        "help": HELP[escalation.stage],
        "their_name": escalation.account.name if escalation.account else str(escalation.customer),
    }


def addressed(escalation, tickets):
    """The names of all who get an update."""
    found = {one.customer.email: str(one.customer) for one in tickets}
    for ticket in tickets[:1]:
        found |= {address: name or address for name, address in queries.copied_on(escalation, ticket) or []}
    return list(found.values())


def language_name(code):
    """What a language is called in the reader's language."""
    try:
        return translation.get_language_info(code)["name_translated"]
    except KeyError:
        return code


def choosing(escalation):
    """People whom one may add."""
    ours = Person.objects.working().exclude(stakes__escalation=escalation).order_by("name")
    there = escalation.contacts.values("customer")
    theirs = Customer.objects.filter(account=escalation.account_id).exclude(pk__in=there).order_by("name")
    return {
        "ours": [(one.pk, f"{one.name} · {one.get_role_display()}") for one in ours],
        "leaders": [(one.pk, one.name) for one in ours_who_answer(escalation)],
        "theirs": [(one.pk, str(one)) for one in theirs[:200]] if escalation.account_id else [],
        "our_roles": said(Stakeholder.Role.choices),
        "their_roles": said(Contact.Role.choices),
    }


def ours_who_answer(escalation):
    """Who could lead it instead."""
    working = Person.objects.working().exclude(pk=escalation.manager_id).order_by("name")
    return [one for one in working if may(one, ANSWER)]


class _Help(dict):
    """Placeholders in the language of whoever asks."""

    def __getitem__(self, stage):
        return {part: words and _(words) for part, words in super().__getitem__(stage).items()}


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


_PROMISES = N_("What we promise now and by when, and what became of what we promised before.")
HELP = _Help(
    {
        Stage.RECEIVED: {
            "process": N_(
                "Who looks at it now, what we know, and what we do next. Say it also when there is no news."
            ),
            "impact": N_("How we understand what it costs them. Ask, if you are not sure."),
            "promises": _PROMISES,
        },
        Stage.INVESTIGATED: {
            "process": N_("The cause as far as we know it, what is tried, and when we expect an answer."),
            "impact": N_("What works, what does not, and what helps until it is solved."),
            "promises": _PROMISES,
        },
        Stage.RESOLVED: {
            "process": N_("What was wrong, what we changed, and how they can check that it holds."),
            "impact": N_("What they still have to do, and what we do for them."),
            "promises": N_("What we do so that it does not come back, and by when."),
        },
        Stage.REVIEWED: {"process": "", "impact": "", "promises": ""},
    }
)
