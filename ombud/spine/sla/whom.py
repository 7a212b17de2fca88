"""Who is told about a promise: whoever can still do something about it. Asked once for a whole batch."""

from collections import defaultdict
from functools import cached_property

from ombud.foundation.people.models import Absence, CustomerAddress, Membership, Person, Role, Team


class Desk:
    """Our people as they are at a time: who is there, who stands in for whom, who leads which team.

    Nobody is told about a ticket of a private team that they are not in, and nobody about their own request.
    """

    def __init__(self, now, tickets):
        self.now = now
        self._customers = {ticket.customer_id for ticket in tickets}

    def holder(self, ticket, promise):
        """Who is to do it: its holder, else their deputy, else the team on duty, else the leads."""
        for pk in dict.fromkeys((promise.by_id, ticket.assignee_id)):  # who gave their word keeps it
            for person in self._there([pk], ticket) or self._there([self._away.get(pk)], ticket):
                return [person]
        return self._there([pk for pk, _leads in self._teams[ticket.team_id]], ticket) or self.leads(ticket)

    def leads(self, ticket):
        """Who looks after whoever is to do it: the leads of the team, else all leads, else heads, else …"""
        team = self._teams[ticket.team_id]
        leading = [pk for pk, leads in team if leads]
        for pks in (leading, [self._away.get(pk) for pk in leading], *self._by_role):
            if found := self._there(pks, ticket):
                return found
        return self._among(leading or [pk for pk, _leads in team], ticket)  # better late than nobody

    def _there(self, pks, ticket):
        """Those who work today and may know of it."""
        return [person for person in self._among(pks, ticket) if person.pk not in self._away]

    def _among(self, pks, ticket):
        among = [self._people[pk] for pk in dict.fromkeys(pks) if pk in self._people]
        if ticket.team_id in self._private:
            members = {pk for pk, _leads in self._teams[ticket.team_id]}
            among = [person for person in among if person.pk in members or person.pk == ticket.assignee_id]
        addresses = self._addresses[ticket.customer_id]
        return [person for person in among if person.email.lower() not in addresses]

    @cached_property
    def _people(self):
        return {person.pk: person for person in Person.objects.working()}

    @cached_property
    def _by_role(self):
        roles = (Role.LEAD, Role.HEAD, Role.ADMINISTRATOR)
        return [[pk for pk, person in self._people.items() if person.role == role] for role in roles]

    @cached_property
    def _away(self):
        """{person: deputy or None} of those who are away now."""
        away = Absence.objects.filter(starts_at__lte=self.now, ends_at__gt=self.now)
        return dict(away.order_by("-starts_at").values_list("person_id", "deputy_id"))

    @cached_property
    def _teams(self):
        """{team: [(person, whether they lead it)]}."""
        teams = defaultdict(list)
        for team, person, leads in Membership.objects.values_list("team_id", "person_id", "is_lead"):
            teams[team].append((person, leads))
        return teams

    @cached_property
    def _private(self):
        return set(Team.objects.filter(private=True).values_list("pk", flat=True))

    @cached_property
    def _addresses(self):
        """{customer: addresses} of the customers whose tickets these are."""
        known = defaultdict(set)
        found = CustomerAddress.objects.filter(customer__in=self._customers)
        for customer, address in found.values_list("customer_id", "address"):
            known[customer].add(address.lower())
        return known
