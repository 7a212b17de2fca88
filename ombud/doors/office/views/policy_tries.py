"""What the pages of SLA policies ask: what would change, what did, which one holds. Nothing is saved."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.which import FactsForm, TicketForm, WhenForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import page
from ombud.foundation.clock import drawn
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.people.permissions import PROMISES
from ombud.lib.working_time import explain_due
from ombud.spine.sla import queries
from ombud.spine.sla.comparing import changes
from ombud.spine.sla.models import Policy
from ombud.spine.sla.overview import would_promise
from ombud.spine.sla.terms import NOTHING, choose, read, unmet
from ombud.spine.sla.usual import usual_terms
from ombud.ui.blocks import asks_for_part, render_block

from .counting import counting
from .policies import editor_of
from .promising import Telling, facts_in_words, for_whom, missed


@require_POST
@asks(PROMISES)
def policy_draft(request, pk=None):
    """What stands in the form now: how long its days are, and what it would change."""
    row = get_object_or_404(Policy.objects.select_related("version"), pk=pk) if pk else None
    stored = row.version.terms if row else usual_terms(default_calendar())
    editor, context = editor_of(row, stored, request.POST), {"row": row}
    if editor.is_valid() and row:
        telling, now = Telling(), read(editor.terms())
        context["differences"] = [telling.change(one) for one in changes(read(stored), now)]
    return render_block(request, "office/policy_draft.html", "draft", context | {"editor": editor})


@asks()
def policy_counted(request):
    """A time counted in one of the calendars."""
    context = counting(request.GET, NOTHING, timezone.now())
    return render_block(request, "office/policy_counted.html", "counted", context)


@asks()
def policy_compare(request, pk):
    """What changed from one version to another; without any, from the one before the last."""
    row = get_object_or_404(Policy.objects.select_related("version"), pk=pk)
    versions = list(row.versions.select_related("by").order_by("-number"))
    new = _numbered(versions, request.GET.get("to"), versions[0])
    before = [one for one in versions if one.number < new.number]
    old = _numbered(versions, request.GET.get("from"), before[0] if before else new)
    telling = Telling()
    found = changes(read(old.terms), read(new.terms))
    return page(
        request,
        "policy_compare",
        row=row,
        versions=versions,
        old=old,
        new=new,
        differences=[telling.change(one) for one in found],
        now=timezone.now(),
    )


def _numbered(versions, number, otherwise):
    return next((one for one in versions if str(one.number) == number), otherwise)


@asks()
def policy_which(request):
    """Which policy a ticket gets, why not those before it, and what it would be promised."""
    now = timezone.now()
    about_ticket = TicketForm(request.GET or None, person=request.user)
    about, when = FactsForm(request.GET), WhenForm(request.GET, now)
    ticket = about_ticket.cleaned_data["number"] if about_ticket.is_valid() else None
    context = {
        "ticket_form": about_ticket,
        "facts_form": about,
        "when_form": when,
        "chosen_tags": [(tag, tag) for tag in request.GET.getlist("tags")],
        "ticket": ticket,
        "now": now,
    }
    is_clear = when.is_valid() and about.is_valid() and not about_ticket.errors
    if is_clear:
        facts = queries.facts_of(ticket) if ticket else about.facts()
        context |= _answer(facts, when.cleaned_data["at"])
    if asks_for_part(request):
        return render_block(request, "office/policy_which.html", "answer", context)
    return page(request, "policy_which", **context)


def _answer(facts, at):
    every = queries.policies()
    holds = choose(every, facts)
    before = every[: every.index(holds)] if holds else every
    terms = read(holds.version.terms) if holds else NOTHING
    return {
        "facts": facts,
        "said": facts_in_words(facts),
        "holds": holds,
        "for_whom": for_whom(holds.conditions) if holds else (),
        "passed_over": [(one, _reasons(one.conditions, facts)) for one in before],
        "after": every[len(before) + 1 :],
        "promised": _promised(terms, facts.priority, at),
    }


def _reasons(conditions, facts):
    return [missed(name, conditions, facts) for name in unmet(conditions, facts)]


def _promised(terms, priority, at):
    telling = Telling()
    return [
        {
            "label": kind.label,
            "kind": kind,
            "target": telling.target(target),
            "means": telling.means(target),
            "calendar": telling.calendar(target),
            "due": due,
            **_due_words(clock, due),
            "lines": drawn.account(explain_due(clock, at, target.seconds)[1]) if clock and due else [],
        }
        for kind, target, clock, due in would_promise(terms, priority, at, telling.clocks)
    ]


def _due_words(clock, due):
    """A due time on its calendar's clock, and on the reader's where that shows another time."""
    if due is None:
        return {}
    ours = timezone.localtime(due)
    on_its_clock = due.astimezone(clock.zone) if clock else ours
    is_elsewhere = on_its_clock.utcoffset() != ours.utcoffset()
    return {
        "due_words": drawn.clock_time(on_its_clock),
        "elsewhere": drawn.clock_time(ours) if is_elsewhere else "",
    }
