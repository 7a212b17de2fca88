"""Who stands behind a rung at any time, from memory: `ladders.queries.behind` without a question per step.

Who is on which rota, in which team, role or seat is what stands in the desk now: nobody keeps that history.
Absences have their times.
"""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from ombud.foundation.people.models import Absence, AccountSeat, Company, Membership, Person, Role
from ombud.foundation.people.permissions import ANSWER, may
from ombud.spine.ladders.models import Duty

A_DAY = 24 * 60  # minutes


class Roster:
    """People, absences, teams, rotas and seats, each read once."""

    def __init__(self):
        self.people = {person.pk: person for person in Person.objects.order_by("pk")}
        company = Company.ours()
        self.zone = ZoneInfo(company.time_zone if company else settings.TIME_ZONE)
        self.absences, self.members, self.leads = defaultdict(list), defaultdict(list), defaultdict(list)
        for absence in Absence.objects.order_by("starts_at"):
            self.absences[absence.person_id].append(absence)
        for one in Membership.objects.order_by("person_id"):
            self.members[one.team_id].append(one.person_id)
            if one.is_lead:
                self.leads[one.team_id].append(one.person_id)
        self.duties = defaultdict(list)
        for duty in Duty.objects.all():
            self.duties[duty.team_id].append(duty)
        self.seats = {
            (account, seat): person
            for account, seat, person in AccountSeat.objects.values_list("account_id", "seat", "person_id")
        }
        self._kinds = {
            "holder": lambda of, ticket, now: [ticket.assignee] if ticket.assignee else [],
            "leads": lambda of, ticket, now: self._leads_of(ticket.team),
            "manager": lambda of, ticket, now: [ticket.manager] if ticket.manager else [],
            "person": lambda of, ticket, now: [of],
            "role": lambda of, ticket, now: self._in_role(of),
            "team": lambda of, ticket, now: self.members[of],
            "duty": lambda of, ticket, now: self._on_duty(of, now),
            "seat": lambda of, ticket, now: [self.seats.get((ticket.account, of))],
        }

    def behind(self, whom, ticket, now, turns):
        """Who stands there, deputies for the absent; and the team whose turn it was, if they take turns."""
        if whom.kind == "turn":
            person = self._next_in_turn(whom.of, now, turns)
            return ([person] if person else []), whom.of
        return self._present(self._kinds[whom.kind](whom.of, ticket, now), now), None

    def may_answer(self, person_id):
        """Whether a ticket could be given to them."""
        return may(self.people.get(person_id), ANSWER)

    def _active(self, pk):
        person = self.people.get(pk)
        return person if person and person.is_active else None

    def _away(self, pk, now):
        return [one for one in self.absences.get(pk, ()) if one.starts_at <= now < one.ends_at]

    def _present(self, ids, now):
        found = {}
        for person in filter(None, map(self._active, ids)):
            away = self._away(person.pk, now)
            here = self._stand_in(away[-1].deputy_id, now) if away else person
            if here is not None and here.is_active:
                found.setdefault(here.pk, here)
        return list(found.values())

    def _stand_in(self, pk, now):
        for _again in range(3):
            away = self._away(pk, now)
            if pk is None or not away:
                return self.people.get(pk)
            pk = away[0].deputy_id
        return None

    def _leads_of(self, team):
        found = [pk for pk in self.leads.get(team, ()) if self._active(pk)]
        return found or self._in_role(Role.LEAD)

    def _in_role(self, role):
        return [person.pk for person in self.people.values() if person.is_active and person.role == role]

    def _on_duty(self, team, now):
        local = now.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        times = ((local.weekday(), minute), ((local - timedelta(days=1)).weekday(), minute + A_DAY))
        return [
            duty.person_id
            for duty in self.duties[team]
            if any(duty.weekday == day and duty.starts <= at < duty.ends for day, at in times)
        ]

    def _next_in_turn(self, team, now, turns):
        here = [pk for pk in self.members[team] if self._active(pk) and not self._away(pk, now)]
        pk = min(here, key=lambda one: (turns.last(team, one, now), one), default=None)
        return self.people.get(pk)
