"""Questions about surveys and answers. What a person may see of answers starts at `visible_answers`."""

from collections import defaultdict

from django.db.models import Count, Q

from ombud.foundation.people.models import Team
from ombud.foundation.people.queries import visible_customers_to
from ombud.spine.escalations.models import Involved
from ombud.spine.tickets.queries import visible_to as visible_tickets

from .models import Answer, Ask, Survey

HIDING = 10  # people asked; among fewer, an anonymous answer would not be anonymous


def surveys():
    """The surveys in use, by name."""
    return Survey.objects.active().select_related("calendar")


def hiding_place(ask):
    """(tier, team id) that an anonymous answer may carry: shared by so many that it leads to nobody."""
    ticket, account = ask.ticket, ask.customer.account
    account = (ticket.account if ticket else None) or account
    tier, team = account.tier if account else "", ticket.team_id if ticket else None
    asked = Ask.objects.filter(survey=ask.survey_id, sent_at__isnull=False)
    alike = asked.filter(customer__account__tier=tier) if tier else asked.filter(customer__account=None)
    if team and _enough(alike.filter(ticket__team=team)):
        return tier, team
    if tier and _enough(alike):
        return tier, None
    return ("", team) if team and _enough(asked.filter(ticket__team=team)) else ("", None)


def _enough(asks):
    return asks.values("customer").distinct().count() >= HIDING


def visible_answers(person, survey):
    """A survey's answers that a person may see: none about tickets of private teams that they are not in."""
    hidden = Team.objects.filter(private=True).exclude(members=person)
    answers = Answer.objects.filter(survey=survey)
    return answers.exclude(ticket__team__in=hidden).exclude(team__in=hidden)


def may_see(person, ask):
    """Whether a person may see what an ask is about: its ticket, else the customer."""
    if ask.ticket_id:
        return visible_tickets(person).filter(pk=ask.ticket.merged_into_id or ask.ticket_id).exists()
    return visible_customers_to(person).filter(pk=ask.customer_id).exists()


def asked_of(person, survey):
    """{"asked", "answered", "waiting"} of a survey: how many people's questions left, were answered, wait."""
    hidden = Team.objects.filter(private=True).exclude(members=person)
    asks = Ask.objects.filter(survey=survey).exclude(ticket__team__in=hidden)
    arrived = [Ask.State.SENT, Ask.State.ANSWERED, Ask.State.REVOKED]
    return asks.aggregate(
        asked=Count("pk", filter=Q(sent_at__isnull=False, state__in=arrived)),
        answered=Count("pk", filter=Q(state=Ask.State.ANSWERED)),
        waiting=Count("pk", filter=Q(state=Ask.State.WAITING)),
    )


def scores_of(answers):
    """[(score, answered_at, team id)] of some answers, the oldest first."""
    return list(answers.order_by("answered_at", "id").values_list("score", "answered_at", "team_id"))


def counts_by_survey():
    """{survey id: {state: how many}}."""
    found = defaultdict(dict)
    for survey, state, many in Ask.objects.values_list("survey", "state").annotate(Count("pk")).order_by():
        found[survey][state] = many
    return found


def asked_on(ticket_id):
    """What was, will be or was not asked about a ticket and those merged into it."""
    about = Q(ticket=ticket_id) | Q(ticket__merged_into=ticket_id) | Q(answer__ticket=ticket_id)
    return Ask.objects.filter(about)


def asked_on_escalation(escalation_id):
    """The same about an escalation and its tickets."""
    mine = Involved.objects.filter(escalation=escalation_id).values("ticket")
    return Ask.objects.filter(Q(escalation=escalation_id) | Q(ticket__in=mine))


def asked_about(ticket):
    """What was asked about a ticket, with the answers, the newest first."""
    return _with_answers(asked_on(ticket.pk))


def asked_about_escalation(escalation):
    """What was asked about an escalation, with the answers, the newest first."""
    return _with_answers(asked_on_escalation(escalation.pk))


def _with_answers(asks):
    return asks.select_related("survey", "answer__promise", "answer__survey", "customer").order_by("-pk")
