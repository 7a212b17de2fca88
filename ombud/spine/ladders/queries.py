"""Questions about ladders, climbs and who stands behind a rung."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Prefetch, Q

from ombud.foundation.people.models import Absence, Company, Person, Role, Team
from ombud.foundation.people.queries import deputy_of, is_away
from ombud.lib.prepared import Prepared, Slot
from ombud.spine.sla.queries import facts_of
from ombud.spine.sla.terms import unmet

from .models import Climb, Duty, Ladder, Led, State, Telling, Webhook
from .rungs import read

A_DAY = 24 * 60  # minutes


def ladders():
    """The ladders that are switched on, in order."""
    live = Ladder.objects.filter(archived_at=None, version__isnull=False)
    return list(live.select_related("version"))


def open_by_ladder():
    """{ladder id: how many climb it now}."""
    rows = Climb.objects.open().values("ladder").annotate(count=Count("id")).values_list("ladder", "count")
    return dict(rows.order_by())


def versions_of(ladder):
    """Every version, the oldest first, with who switched it on."""
    return list(ladder.versions.select_related("by").order_by("number"))


def ladder_for(ticket, on, kind=None, among=None):
    """The first ladder that begins at this (one of rungs.STARTS), for this kind of promise; or None."""
    plans = plans_of(ladders() if among is None else among)
    if not any(start.on == on for _ladder, plan in plans for start in plan.starts):
        return None  # most desks: the ticket's tags need not be asked for
    return first_to_begin(plans, facts_of(ticket), on, kind)


def plans_of(ladders):
    """Pairs of a ladder and its live plan."""
    return [(ladder, read(ladder.version.plan)) for ladder in ladders]


def first_to_begin(plans, facts, on, kind=None):
    """Of pairs of a ladder and its plan, the first ladder that begins at this; or None."""
    return first_start(plans, facts, on, kind)[0]


def first_start(plans, facts, on, kind=None):
    """The same with the beginning itself: (ladder, its Start), or (None, None)."""
    for ladder, plan in plans:
        for start in plan.starts:
            fits = start.on == on and (not start.kinds or kind is None or kind in start.kinds)
            if fits and not unmet(start.conditions, facts):
                return ladder, start
    return None, None


def undelivered(ladder):
    """Calls of other systems that failed for good, the newest first, ten at most."""
    dead = Webhook.objects.filter(climb__ladder=ladder, state=Webhook.State.DEAD)
    return list(dead.select_related("climb__ticket").order_by("-id")[:10])


def climbs_of(ticket_id):
    """The climbs of a ticket, the newest first, with who has them."""
    return (
        Climb.objects.filter(ticket_id=ticket_id)
        .select_related("ladder", "held_by", "promise")
        .order_by("-id")
    )


def climbs_told(ticket_id):
    """The climbs of a ticket with everybody who was told, the newest first: two questions at most."""
    told = Telling.objects.select_related("person").order_by("told_at", "id")
    return climbs_of(ticket_id).prefetch_related(Prefetch("tellings", told))


_OPEN = Prepared(lambda: climbs_of(Slot("ticket")).exclude(state=State.ENDED))


def climbs_open_on(ticket):
    """The open climbs of one ticket, with who has them: one question."""
    climbs = list(_OPEN(ticket=ticket.pk))
    for climb in climbs:
        climb.ticket = ticket
    return climbs


def open_climbs(tickets):
    """The open climbs of those tickets, what is next due first."""
    return Climb.objects.open().filter(ticket__in=tickets).order_by("next_at", "id")


def climb_called(ticket_id, pk):
    """One climb of a ticket; Climb.DoesNotExist if it is not one of its."""
    return climbs_of(ticket_id).get(pk=pk)


def climbing_among(ticket_ids):
    """Of those tickets the ids of those with an open climb, as a question."""
    return Climb.objects.open().filter(ticket__in=ticket_ids).values_list("ticket_id", flat=True)


def telling_called(pk):
    """One telling with its climb and all that is said about it; Telling.DoesNotExist when it is gone."""
    about = ("person", "climb__ticket__account", "climb__promise", "climb__held_by", "climb__ladder")
    return Telling.objects.select_related(*about).get(pk=pk)


def tellings_of(climb):
    """Who was told, in order."""
    return climb.tellings.select_related("person").order_by("told_at", "id")


def rota_of(team_id):
    """Who is on duty in a team, week by week, of those who still work here."""
    duties = Duty.objects.filter(team=team_id, person__is_active=True)
    return list(duties.select_related("person").order_by("person__name", "weekday", "starts"))


def rotas():
    """{team id: duties} of every team that has some."""
    found = {}
    for duty in Duty.objects.filter(person__is_active=True).select_related("person"):
        found.setdefault(duty.team_id, []).append(duty)
    return found


def on_duty(team_id, now):
    """Who is on duty in a team by its rota at a time, whether absent or not."""
    company = Company.ours()
    local = now.astimezone(ZoneInfo(company.time_zone if company else settings.TIME_ZONE))
    minute = local.hour * 60 + local.minute
    yesterday = (local - timedelta(days=1)).weekday()
    today = Q(weekday=local.weekday(), starts__lte=minute, ends__gt=minute)
    spilled = Q(weekday=yesterday, starts__lte=minute + A_DAY, ends__gt=minute + A_DAY)
    duties = Duty.objects.filter(today | spilled, team=team_id, person__is_active=True)
    return [duty.person for duty in duties.select_related("person")]


def behind(whom, ticket, now):
    """Who stands behind a rung for a ticket: who is there, deputies for the absent; and whose turn it was."""
    if whom.kind == "turn":
        person = next_in_turn(whom.of, now)
        return _who_may_know([person] if person else [], ticket), whom.of
    return _who_may_know(present(_BEHIND[whom.kind](whom.of, ticket, now), now), ticket), None


def _who_may_know(people, ticket):
    """Of a private team's ticket only its members hear, and whoever holds it."""
    if (
        not people
        or ticket.team_id is None
        or not Team.objects.filter(pk=ticket.team_id, private=True).exists()
    ):
        return people
    members = set(
        Team.members.through.objects.filter(team=ticket.team_id).values_list("person_id", flat=True)
    )
    return [one for one in people if one.pk in members or one.pk == ticket.assignee_id]


def present(people, now):
    """Those who are there; for who is away their deputy, if one was named and is there."""
    absences = Absence.objects.filter(person__in=people, starts_at__lte=now, ends_at__gt=now)
    away = {absence.person_id: absence.deputy for absence in absences.select_related("deputy")}
    found = {}
    for person in people:
        here = _stand_in(away[person.pk], now) if person.pk in away else person
        if here is not None and here.is_active:
            found.setdefault(here.pk, here)
    return list(found.values())


def _stand_in(deputy, now):
    """The deputy, or the deputy's deputy; not for ever, since two may have named each other."""
    for _again in range(3):
        if deputy is None or not is_away(deputy, now):
            return deputy
        deputy = deputy_of(deputy, now)
    return None


def next_in_turn(team_id, now):
    """Of a team's members who are there, the one whose turn was longest ago; None when nobody is there."""
    members = Person.objects.filter(membership__team=team_id, is_active=True)
    away = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now).values("person_id")
    members = list(members.exclude(pk__in=away).order_by("pk"))
    turns = Telling.objects.filter(turn_of=team_id, person__in=members).values("person_id")
    last = {row["person_id"]: row["last"] for row in turns.annotate(last=Max("told_at"))}
    return min(
        members, key=lambda one: (last[one.pk].timestamp() if one.pk in last else 0, one.pk), default=None
    )


def managers_of(ticket_id):
    """Who leads the escalation to which a ticket belongs; nobody when it belongs to none."""
    led = Led.objects.filter(pk=ticket_id, manager__is_active=True).select_related("manager").first()
    return [led.manager] if led else []


def leads_of(team_id):
    """The leads of a team; without any, everybody who leads in this house."""
    leads = Person.objects.filter(membership__team=team_id, membership__is_lead=True, is_active=True)
    return list(leads.order_by("pk")) or list(Person.objects.working().filter(role=Role.LEAD).order_by("pk"))


def _one(pk):
    return list(Person.objects.filter(pk=pk, is_active=True))


def _seat(seat, ticket):
    if ticket.account_id is None:
        return []
    return list(Person.objects.filter(seats__account=ticket.account_id, seats__seat=seat, is_active=True))


def _team(pk):
    team = Team.objects.filter(pk=pk).first()
    return list(team.members.filter(is_active=True).order_by("pk")) if team else []


_BEHIND = {
    "holder": lambda of, ticket, now: _one(ticket.assignee_id) if ticket.assignee_id else [],
    "leads": lambda of, ticket, now: leads_of(ticket.team_id),
    "manager": lambda of, ticket, now: managers_of(ticket.pk),
    "person": lambda of, ticket, now: _one(of),
    "role": lambda of, ticket, now: list(Person.objects.working().filter(role=of).order_by("pk")),
    "team": lambda of, ticket, now: _team(of),
    "duty": lambda of, ticket, now: on_duty(of, now),
    "seat": lambda of, ticket, now: _seat(of, ticket),
}
