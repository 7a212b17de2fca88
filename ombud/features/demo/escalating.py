"""What people do with escalations in the story, each by the verb that the product has for it."""

from datetime import timedelta

from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation
from ombud.spine.tickets.models import Ticket

BRIEF = (
    "title",
    "impact",
    "at_risk",
    "understood",
    "needs",
    "workaround",
    "fix",
    "do_say",
    "do_not_say",
)


def escalate(house, thread, step, now):
    """Somebody raises an escalation on the thread's ticket; `manager` leads it, where it is said."""
    ticket = Ticket.objects.select_related("customer", "account").get(pk=house.tickets[thread["key"]])
    escalation = actions.raise_one(
        ticket,
        reason=step["reason"],
        title=step.get("title", ""),
        severity=step.get("severity"),
        urgency=step.get("urgency"),
        impact=step.get("impact", ""),
        at_risk=step.get("at_risk"),
        manager=house.ours.get(step.get("manager")),
        by=house.ours[step["by"]],
        now=now,
    )
    for key, role in step.get("ours", {}).items():
        actions.add_stakeholder(escalation, house.ours[key], role, by=house.ours[step["by"]], now=now)
    for key, role in step.get("theirs", {}).items():
        actions.add_contact(escalation, house.customers[key], role, by=house.ours[step["by"]], now=now)


def update(house, thread, step, now):
    """The customer is told how it stands; the next word is due in `next_minutes`, else as usual."""
    minutes = step.get("next_minutes")
    actions.send_update(
        _of(house, thread),
        process=step["text"].strip(),
        impact=step.get("impact", ""),
        promises=step.get("promises", ""),
        next_at=now + timedelta(minutes=minutes) if minutes else None,
        by=house.ours[step["by"]],
        now=now,
    )


def lead(house, thread, step, now):
    """What its manager does: the brief, a decision, a stage, who has it, a waiver."""
    escalation, by = _of(house, thread), house.ours[step["by"]]
    if step.get("take"):
        actions.take_over(escalation, by=by, now=now)
    if "decision" in step:
        actions.decide(escalation, step["decision"], step.get("basis", ""), by=by, now=now)
    written = {name: step[name] for name in BRIEF if name in step}
    if written:
        actions.set_brief(escalation, **written, by=by, now=now)
    if "stage" in step:
        actions.reach(escalation, step["stage"], by=by, now=now)
    if "waive_hours" in step:
        actions.waive(escalation, now + timedelta(hours=step["waive_hours"]), step["why"], by=by, now=now)


def propose(house, thread, step, now):
    """A fix or a workaround, in words for the customer; the fix after a workaround is owed in `fix_hours`."""
    hours = step.get("fix_hours")
    actions.propose(
        _of(house, thread),
        step["kind"],
        step["text"],
        fix_due_at=now + timedelta(hours=hours) if hours else None,
        by=house.ours[step["by"]],
        now=now,
    )


def sign_off(house, thread, step, now):
    """It is good enough to be offered."""
    actions.sign_off(_solution(house, thread), by=house.ours[step["by"]], now=now)


def accept(house, thread, step, now):
    """The customer accepts it; `by` is who of ours wrote down that they said so."""
    by = house.ours.get(step.get("by"))
    customer = None if by else house.customers[thread["customer"]]
    words = step.get("text", "")
    actions.accept(_solution(house, thread), customer=customer, by=by, words=words, now=now)


def pulse(house, thread, step, now):
    """The customer says how it is going."""
    customer = house.customers[thread["customer"]]
    actions.say_pulse(_of(house, thread), customer, step["score"], step.get("text", ""), now=now)


def confirm(house, thread, step, now):
    """Somebody says that they have what is asked of them."""
    actions.confirm(_of(house, thread), by=house.ours[step["by"]], now=now)


def de_escalate(house, thread, step, now):
    """It is none any more."""
    actions.de_escalate(_of(house, thread), step["why"], by=house.ours[step["by"]], now=now)


ESCALATING = {
    "escalate": escalate,
    "update": update,
    "lead": lead,
    "propose": propose,
    "sign_off": sign_off,
    "accept": accept,
    "pulse": pulse,
    "confirm": confirm,
    "de_escalate": de_escalate,
}


def _of(house, thread):
    mine = Escalation.objects.open().filter(involved__ticket=house.tickets[thread["key"]])
    return mine.get(involved__left_at=None)


def _solution(house, thread):
    return _of(house, thread).solutions.get(answered_at=None, withdrawn_at=None)
