"""A desk moves in with the mail of its old one: it answers nobody for what was said there."""

import mailbox
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from django.utils import timezone

from ombud.features.automation.actions import acknowledge_due
from ombud.features.channels.imports import mbox
from ombud.foundation.events.tray import work_tray
from ombud.foundation.post.models import Letter
from ombud.spine.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrator(cast):
    """In whose name archives are imported."""
    return cast.greta


@pytest.fixture
def bring(tmp_path):
    """Imports mails given as (subject, sender, days ago, id, id that it answers)."""

    def bring(*mails):
        box = mailbox.mbox(tmp_path / "old.mbox")
        for subject, sender, days, id_, answers, text in mails:
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = sender, "support@desk.test", subject
            message["Date"] = format_datetime(timezone.now() - timedelta(days=days))
            message["Message-ID"] = f"<{id_}@m.example>"
            if answers:
                message["In-Reply-To"] = f"<{answers}@m.example>"
            message.set_content(text)
            box.add(message.as_bytes())
        box.close()
        assert mbox.main([str(tmp_path / "old.mbox")]) == 0

    return bring


def mails_that_left():
    """What the desk says by itself within three minutes."""
    for minutes in range(4):
        now = timezone.now() + timedelta(minutes=minutes)
        while work_tray(now) or acknowledge_due(now):
            pass
    return Message.objects.filter(kind="acknowledgement").count() + Letter.objects.count()


def test_not_even_the_young_mails_of_an_archive_are_acknowledged(bring):
    carla = "Carla <carla@acme-outdoor.example>"
    bring(
        ("An hour ago", carla, 0.04, "a", "", "The labels are wrong."),
        ("Yesterday", carla, 1, "b", "", "The labels are still wrong."),
        ("Re: Yesterday", carla, 0.5, "c", "b", "Hello?"),
    )
    assert Ticket.objects.count() == 2
    assert mails_that_left() == 0


PASSED_ON = """---------- Forwarded message ---------
From: Rui <rui@acme-outdoor.example>
Date: Mon, 16 Nov 2026 10:00
Subject: Help
To: ada@parcelline.example

It rains in."""


def test_nor_what_one_of_ours_passed_on_or_wrote(bring, cast):
    ada = f"Ada <{cast.ada.email}>"
    bring(("Fwd: Help", ada, 1, "a", "", PASSED_ON), ("For myself", ada, 1, "b", "", "A thought."))
    assert Ticket.objects.count() == 2
    assert mails_that_left() == 0
