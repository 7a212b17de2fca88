"""What the customer said of it, and what was offered to them, as entries of the timeline."""

from django.utils.translation import gettext as _

from ombud.spine.escalations.models import Asking, Pulse, Reason, Solution

from .entries import Entry


def of(tickets, solutions, pulses):
    """Proposals, answers, how it goes for them, and when they asked for more. One question."""
    found = [_proposed(one) for one in solutions]
    found += [_answer(one) for one in solutions if one.answered_at]
    found += [_pulse(one) for one in pulses]
    asked = Asking.objects.filter(ticket__in=[one.pk for one in tickets]).select_related("customer", "ticket")
    return found + [_asking(one) for one in asked]


def _proposed(solution):
    due = solution.fix_due_at
    return Entry(
        key=f"solution-{solution.pk}",
        side="inside",
        at=solution.proposed_at,
        icon="wrench",
        who=_name(solution.proposed_by),
        about=_("Workaround proposed") if solution.kind == Solution.Kind.WORKAROUND else _("Fix proposed"),
        words=solution.words,
        due=due,
    )


def _answer(solution):
    """In their words; what one of ours wrote down is said to be."""
    accepted = solution.answer == Solution.Answer.ACCEPTED
    kind = solution.get_kind_display()
    if accepted:
        about = _("accepts: %(kind)s") % {"kind": kind}
    else:
        about = _("not yet: %(kind)s") % {"kind": kind}
    if solution.how == Solution.How.SILENCE:
        about = _("no answer in time, which counts as accepted: %(kind)s") % {"kind": kind}
    elif solution.written_by:
        about = f"{about}, {_('written down by %s') % solution.written_by.name}"
    return Entry(
        key=f"answer-{solution.pk}",
        side="outside",
        at=solution.answered_at,
        icon="circle-check" if accepted else "message-square-warning",
        who=_name(solution.answered_by) if solution.answered_by else "",
        about=about,
        words=solution.answer_words,
    )


def _pulse(pulse):
    return Entry(
        key=f"pulse-{pulse.pk}",
        side="outside",
        at=pulse.said_at,
        icon="activity",
        who=str(pulse.customer),
        about=_("says how it goes"),
        words=pulse.words,
        score=pulse.score,
        is_bad=pulse.score <= Pulse.BAD,
    )


def _asking(asking):
    reason = f": {Reason(asking.reason).label}" if asking.reason else ""
    return Entry(
        key=f"asking-{asking.pk}",
        side="outside",
        at=asking.asked_at,
        icon="chevrons-up",
        who=str(asking.customer or asking.ticket.customer),
        about=_("asks for an escalation") + reason,
        words=asking.quote,
        ticket=asking.ticket.number,
    )


def _name(person):
    return str(person) if person else _("somebody")
