"""An outage: those whom it hits are told once each, and their answers come back to their own tickets."""

from email.message import EmailMessage

import pytest

from ombud.features.broadcasts import actions
from ombud.features.broadcasts.models import Broadcast
from ombud.features.channels.arrival.keeping import Delivered, keep
from ombud.features.channels.arrival.work import take_in_due
from ombud.foundation.post import actions as post
from ombud.foundation.post.delivery import send_due
from ombud.spine.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def answer_to(letter, cast, text):
    """What a customer's mail program makes of “reply”."""
    mail = EmailMessage()
    mail["From"] = letter.message["To"]
    mail["To"] = letter.message["Reply-To"]
    mail["Subject"] = letter.message["Subject"]
    mail["In-Reply-To"] = letter.message["Message-ID"]
    mail["Message-ID"] = f"<answer.{abs(hash(text))}@customers.example>"
    mail.set_content(text)
    keep(
        Delivered(
            raw=mail.as_bytes(),
            channel="email",
            source="smtp",
            at=cast.now,
            mailbox_id=cast.mailbox.pk,
            envelope_to=[mail["To"].addresses[0].addr_spec],
            envelope_from=letter.recipients[0],
        )
    )


@pytest.mark.mission("M40", "P7")
def test_everybody_is_told_and_answers_come_home(cast, client, settings, tmp_path, smtp_sink):
    settings.FILES = tmp_path / "files"
    post.keep_mailbox(
        mailbox=cast.mailbox,
        address=cast.mailbox.address,
        smtp_host=smtp_sink.host,
        smtp_port=smtp_sink.port,
        smtp_security="none",
        by=None,
        now=cast.now,
    )
    hers, his = cast.writes(cast.carla), cast.writes(cast.mallory, subject="Labels")
    assert cast.rui  # of Carla's company; he never wrote
    incident = actions.open_incident("outage", "Labels", by=cast.emil, now=cast.now)
    actions.put_on(incident, [his.number], by=cast.emil, now=cast.now)
    actions.find(incident, "account", "Acme Outdoor", by=cast.emil, now=cast.now)
    while actions.find_due(cast.now):
        pass
    broadcast = actions.begin(incident, by=cast.emil, now=cast.now)
    wording = actions.write(
        broadcast, "en", "Labels", "Hello {first_name}, {number}", by=cast.emil, now=cast.now
    )
    actions.approve(wording, by=cast.noor, now=cast.now)
    actions.list_recipients(broadcast, by=cast.emil, now=cast.now)
    while actions.work_broadcasts(cast.now):
        pass
    actions.send(broadcast, by=cast.emil, now=cast.now)
    while Broadcast.objects.exclude(state="done").exists():
        actions.work_broadcasts(cast.now)
        send_due(cast.now)
        cast.later(seconds=1)
    letters = {letter.recipients[0]: letter for letter in smtp_sink.letters}
    assert set(letters) == {cast.carla.email, cast.rui.email, cast.mallory.email}
    assert len(smtp_sink.letters) == 3
    new = Ticket.objects.get(customer=cast.rui)
    for letter in letters.values():
        answer_to(letter, cast, f"Thank you, says {letter.recipients[0]}")
    take_in_due(cast.later(seconds=20))
    ada = cast.signed_in(client, cast.ada)
    for customer, ticket in ((cast.carla, hers), (cast.rui, new), (cast.mallory, his)):
        assert f"Thank you, says {customer.email}" in ada.get(f"/tickets/{ticket.number}/").content.decode()
    assert Ticket.objects.count() == 3
