from datetime import timedelta

import pytest

from ombud.features.surveys import actions, asking, rounds
from ombud.features.surveys.models import Ask
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.delivery import send_due
from ombud.spine.tickets import actions as tickets

ADDRESS = "http://desk.test"


class Desk:
    """Parcelline, which asks its customers; `later` lets the house work by itself until then."""

    def __init__(self, cast, sink):
        self.cast, self.sink = cast, sink
        people.found_company(
            name="Parcelline", language="en", time_zone="Europe/Amsterdam", address=ADDRESS, now=cast.now
        )
        keep_mailbox(
            mailbox=cast.mailbox,
            smtp_host="127.0.0.1",
            smtp_port=sink.port,
            smtp_security="none",
            by=None,
            now=cast.now,
        )

    def survey(self, kind="csat", when="resolved", **fields):
        fields = {"name": f"{kind} {when}", "quiet": 0, "remind": 0, "follow_up": 8} | fields
        return actions.keep_survey(kind=kind, when=when, by=None, now=self.cast.now, **fields)

    def resolved(self, customer=None, **more):
        """A ticket that Ada answered and resolved."""
        cast = self.cast
        ticket = cast.writes(customer or cast.carla, **more)
        tickets.assign(ticket, cast.ada, by=cast.ada, now=cast.now)
        tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
        return ticket

    def later(self, **span):
        now = self.cast.later(**(span or {"seconds": 1}))
        while work_tray(now) + asking.work_asks(now) + rounds.work_rounds(now):
            pass
        while send_due(now + timedelta(seconds=1)):
            pass
        return now

    def asked(self, **about):
        """The asks as {key: (state, why)}, the oldest first."""
        return [(ask.state, ask.why) for ask in Ask.objects.filter(**about).order_by("pk")]

    @property
    def mails(self):
        """What arrived from surveys."""
        return [one.message for one in self.sink.letters if "/survey/" in body(one.message)]


def body(message, kind="plain"):
    part = message.get_body([kind])
    return part.get_content() if part else ""


@pytest.fixture
def desk(cast, smtp_sink):
    return Desk(cast, smtp_sink)
