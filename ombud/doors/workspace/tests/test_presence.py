"""Who else is here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ombud.doors.workspace import presence

pytestmark = pytest.mark.django_db


def test_others_see_who_reads_and_who_writes(cast, desk):
    ticket = cast.writes(cast.carla)
    desk(cast.emil).post(f"/tickets/{ticket.number}/here/", expect=204, doing="reading")
    ada = desk(cast.ada)
    assert "Emil Okafor is reading" in ada.get(f"/tickets/{ticket.number}/")
    desk(cast.emil).post(f"/tickets/{ticket.number}/here/", expect=204, doing="writing")
    assert "Emil Okafor is writing" in ada.get(f"/tickets/{ticket.number}/")
    desk(cast.emil).post(f"/tickets/{ticket.number}/here/", expect=204, doing="gone")
    assert "Emil Okafor is" not in ada.get(f"/tickets/{ticket.number}/")


def test_nobody_stays_for_ever(cast):
    ticket, now = cast.writes(cast.carla), timezone.now()
    presence.be_here(ticket, cast.emil, "reading", now=now)
    assert presence.others(ticket, cast.ada, now=now)
    assert not presence.others(ticket, cast.ada, now=now + presence.STAYS + timedelta(seconds=1))


def test_the_stream_tells_who_moved_on_which_case(cast):
    ticket, now = cast.writes(cast.carla), timezone.now()
    told, state = presence.changes(None)
    assert told == []
    presence.be_here(ticket, cast.emil, "reading", now=now)
    told, state = presence.changes(state)
    assert told == [("presence", {"moved": [(ticket.pk, cast.emil.pk)]})]
    assert presence.changes(state)[0] == []
    presence.leave(ticket, cast.emil)
    assert presence.changes(state)[0] == told
