from datetime import timedelta

import pytest

from ombud.features.broadcasts import actions
from ombud.foundation.people import actions as people
from ombud.foundation.post import actions as post
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.models import Letter
from ombud.foundation.post.tests.servers import MailServer
from tests.cast import Cast

ENGLISH = (
    "Hello {first_name},\n\nlabels to the Canary Islands are refused. We know why.\n\nYour number: {number}"
)
SPANISH = "Hola {first_name}:\n\nla aduana rechaza las etiquetas a Canarias.\n\nSu número: {number}"


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def now(cast):
    return cast.now


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def leaves(cast, server):
    """Mail leaves through the server."""
    post.keep_mailbox(
        mailbox=cast.mailbox,
        address=cast.mailbox.address,
        name=cast.mailbox.name,
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security="none",
        by=None,
        now=cast.now,
    )
    return server


@pytest.fixture
def incident(cast):
    return actions.open_incident(
        "outage",
        "Customs code missing on labels to the Canary Islands",
        scope="Labels of release 4.1 to the Canary Islands",
        do_say="We know the cause; a corrected label is printed by itself.",
        do_not_say="Whose mistake it was; any word on compensation.",
        answers="When is it fixed?\nToday, by 18:00.\n\nMust I reprint?\nNo, we do it.",
        by=cast.emil,
        now=cast.now,
    )


def meet(cast, number, language="en", account=None):
    return people.meet(
        email=f"c{number}@shop{number}.example",
        name=f"Customer{number} Name",
        language=language,
        account=account,
        now=cast.now,
    )


@pytest.fixture
def written(cast, incident):
    """A broadcast in approved English and Spanish; nobody is listed yet."""
    broadcast = actions.begin(incident, by=cast.emil, now=cast.now)
    for language, subject, text in (
        ("en", "Labels to the Canary Islands", ENGLISH),
        ("es", "Etiquetas a Canarias", SPANISH),
    ):
        wording = actions.write(broadcast, language, subject, text, by=cast.emil, now=cast.now)
        actions.approve(wording, by=cast.noor, now=cast.now)
    broadcast.refresh_from_db()
    return broadcast


def work(cast):
    """Everything that broadcasts have to do now, with the post that carries it, until nothing is left."""
    while actions.find_due(cast.now) + actions.work_broadcasts(cast.now) + send_due(cast.now):
        pass
    cast.later(seconds=2)
    while actions.work_broadcasts(cast.now) + send_due(cast.now):
        cast.later(seconds=2)


def tell_all(cast, broadcast):
    """List, send, and work until it is done."""
    actions.list_recipients(broadcast, by=cast.emil, now=cast.now)
    work(cast)
    actions.send(broadcast, by=cast.emil, now=cast.now)
    while actions.work_broadcasts(cast.now) + send_due(cast.now):
        cast.later(seconds=5)
    cast.later(seconds=5)
    while actions.work_broadcasts(cast.now) + send_due(cast.now):
        cast.later(seconds=5)
    broadcast.refresh_from_db()
    return broadcast


LATER = timedelta(minutes=11)
__all__ = ["ENGLISH", "LATER", "SPANISH", "Letter", "meet", "tell_all", "work"]
