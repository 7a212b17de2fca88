"""Who comes in by a link, and what they find there."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from ombud.foundation.people.branding import default_brand
from ombud.foundation.people.models import Brand, Company, Customer
from ombud.foundation.people.zones import place_of, zone_of
from ombud.spine.escalations import theirs
from ombud.spine.escalations.models import Escalation, Pass
from ombud.spine.escalations.passes import read_pass
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.speaking import language_for
from ombud.spine.tickets.theirs import brand_of


@dataclass
class Guest:
    """One visit. `customer` is None when the link is for all in the thread; `own`: it is about their company.

    `escalation` is None while the request is none.
    """

    given: Pass
    ticket: Ticket
    customer: Customer | None
    escalation: Escalation | None
    own: bool
    company: Company | None
    brand: Brand
    now: datetime

    @cached_property
    def people(self):
        """Who of theirs may act here, the requester first."""
        return theirs.people_of(self.ticket, self.escalation)

    @cached_property
    def speaker(self):
        """Who is spoken to: who has the link, or whose request it is."""
        return self.customer or self.ticket.customer

    @cached_property
    def zone(self):
        """The clock on which they read times."""
        found = zone_of(self.speaker, self.ticket.account)
        return found or ZoneInfo(self.company.time_zone if self.company else settings.TIME_ZONE)

    @property
    def place(self):
        return place_of(self.zone)

    @property
    def knows_place(self):
        """Whether it is their own clock, and not ours for want of a better."""
        return zone_of(self.speaker, self.ticket.account) is not None

    def language(self, request):
        """What they chose on this device, else the language in which they are written to."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in dict(settings.LANGUAGES):
            return chosen
        return language_for(self.ticket, self.company)

    def who(self, pk):
        """Who acts: who has the link; with one for all, whom they choose. None for nobody of theirs."""
        if self.customer:
            return self.customer
        return next((one for one in self.people if str(one.pk) == str(pk)), None)


def enter(token):
    """Who comes in by this link. Raises passes.FalsePass, or passes.Ended."""
    now = timezone.now()
    given = read_pass(token, now)
    ticket = given.ticket
    escalation = theirs.escalation_of(ticket)
    return Guest(
        given=given,
        ticket=ticket,
        customer=given.customer,
        escalation=escalation,
        own=bool(escalation) and theirs.is_own(escalation, ticket),
        company=Company.ours(),
        brand=brand_of(ticket) or default_brand(),
        now=now,
    )
