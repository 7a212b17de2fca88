"""Who asks: a token, and for whom it acts.

A token with a person may do and see exactly what that person may. One without is a machine of its own; only
administrators and the command line make such tokens, and it may do what an administrator may. Like an
administrator who is in no team, it does not see the tickets of private teams.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from ninja.errors import Throttled
from ninja.security import HttpBearer

from ombud.foundation.events import machines
from ombud.foundation.people import permissions
from ombud.foundation.people.actions import token_was_used
from ombud.foundation.people.models import Person, Role, Token
from ombud.foundation.people.queries import token_by_secret
from ombud.spine.escalations.models import Escalation, Involved
from ombud.spine.escalations.queries import visible_to as visible_escalations
from ombud.spine.tickets import queries

from .pace import Pace

SEEN = timedelta(
    minutes=1
)  # how exactly `used_at` is kept; a write for each request would cost more than it says
pace = Pace(settings.API_RATE)


@dataclass(frozen=True)
class Caller:
    """A token that was recognised. `person` is None for a machine of its own."""

    token: Token
    person: Person | None

    def may(self, verb):
        """Whether this caller may do something of the table in people.permissions."""
        if self.person is None:
            return verb in permissions.MAY[Role.ADMINISTRATOR]
        return permissions.may(self.person, verb)

    def require(self, verb):
        """The same, or PermissionDenied."""
        if not self.may(verb):
            raise PermissionDenied(verb)

    def tickets(self):
        """The tickets this caller may see."""
        return queries.visible_to(self.person) if self.person else queries.visible_to_machines()

    def ticket(self, number):
        """The ticket with this number or its survivor; Ticket.DoesNotExist if it is not theirs to see."""
        return queries.numbered(self.tickets(), number)

    def escalations(self):
        """The escalations this caller may see; a machine of its own those whose main ticket it sees."""
        if self.person:
            seen = visible_escalations(self.person).values("pk")
        else:
            mains = Involved.objects.filter(is_main=True, ticket__in=self.tickets())
            seen = mains.values("escalation")
        return Escalation.objects.filter(pk__in=seen)

    def escalation(self, number):
        """The escalation with this number; Escalation.DoesNotExist if it is not theirs to see."""
        return self.escalations().select_related("account", "customer", "case").get(number=number)


class Bearer(HttpBearer):
    """Authorization: Bearer omb_…"""

    openapi_description = "A token made in the product, or by `bin/ombud api-token --name NAME`."

    def authenticate(self, request, token):
        found = token_by_secret(token)
        if found is None:
            return None
        wait = pace.take(found.pk)
        if wait:
            raise Throttled(wait)
        machines.shown(found.pk)
        now = timezone.now()
        if found.used_at is None or now - found.used_at >= SEEN:
            token_was_used(found, now=now)
        return Caller(found, found.person)


def visiting(view):
    """A view whose deeds the log puts down to the token that was shown."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        with machines.a_visit():
            return view(request, *args, **kwargs)

    return respond
