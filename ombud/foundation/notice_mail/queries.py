"""Whether a notice leaves by mail, and what its letter needs to know."""

from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings

from ombud.foundation.notifications.queries import refuses_mail, ways_of
from ombud.foundation.people.models import Company
from ombud.foundation.people.queries import is_away
from ombud.foundation.post.actions.letters import message_id
from ombud.foundation.post.queries import default_mailbox, is_our_address


class Round:
    """What is asked once for all the notices of a batch."""

    def __init__(self, now):
        self.now = now

    @cached_property
    def company(self):
        """Whose desk this is; None before it was said."""
        return Company.ours()

    @cached_property
    def mailbox(self):
        """The desk's own address; None before there is one."""
        return default_mailbox()

    def speaks_against(self, notice):
        """Whether no mail goes out: read, left, no longer wished, away; or it would come back to the desk."""
        person = notice.person
        return (
            notice.read_at is not None
            or not person.is_active
            or self.mailbox is None
            or refuses_mail(person, notice.kind)
            or (is_away(person, self.now) and not ways_of(person).while_away)
            or self.would_come_back(person)
        )

    def would_come_back(self, person):
        """Whether a mail to this person would become a ticket of ours."""
        return is_our_address(person.email)

    def language_of(self, person):
        """The language in which this person is written to."""
        return person.language or (self.company.language if self.company else settings.LANGUAGE_CODE)

    def zone_of(self, person):
        """The zone in which this person reads times."""
        return ZoneInfo(person.time_zone or (self.company.time_zone if self.company else settings.TIME_ZONE))

    def thread_of(self, notice):
        """An id that all notices about one thing share, so that a mail program shows them together."""
        if notice.case_id is None:
            return []
        return [message_id(f"notices about {notice.case_id}", self.mailbox.domain)]
