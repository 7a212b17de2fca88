"""A desk with people in it, real mail both ways, and windows that are signed in."""

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from tests.cast import PASSWORD

FURNISH = """
from django.utils import timezone
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.queries import default_mailbox
now = timezone.now()
ours = Person.objects.in_bulk(["ada@parcelline.example", "lin@parcelline.example"], field_name="email")
support = people.keep_team(name="Support", members=list(ours.values()), by=None, now=now)
keep_mailbox(mailbox=default_mailbox(), by=None, now=now, team=support, smtp_host="127.0.0.1",
             smtp_port={port}, smtp_security="none")
account = people.keep_account(name="Acme Outdoor", domains=["acme-outdoor.example"], by=None, now=now)
people.meet(email="carla@acme-outdoor.example", name="Carla Benítez", account=account, now=now)
"""


class Office:
    """Parcelline's desk as it stands on a real machine: `write` to it, `window` into it."""

    def __init__(self, desk, browser, sink):
        self.desk, self.browser, self.sink = desk, browser, sink
        self.contexts, self.broken = [], []

    def write(self, text, *, subject="Etiquetas", answers=None, html=None):
        """Carla writes a mail; its Message-ID."""
        mail = EmailMessage()
        mail["From"], mail["To"] = "Carla Benítez <carla@acme-outdoor.example>", "support@desk.test"
        mail["Subject"], mail["Message-ID"] = subject, make_msgid(domain="acme-outdoor.example")
        if answers:
            mail["In-Reply-To"] = mail["References"] = answers
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.desk.smtp_port, timeout=30) as line:
            line.send_message(mail)
        return mail["Message-ID"]

    def window(self, who="ada", path="/inbox/nobody/", **options):
        """A window in which somebody of ours is signed in."""
        options = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}} | options
        context = self.browser.new_context(**options)
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.goto(f"{self.desk.url}/account/login/?next={path}")
        page.fill("input[name=login]", f"{who}@parcelline.example")
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_url(f"**{path}")
        page.wait_for_selector("html[data-ready]")
        # A reload would forget this.
        page.evaluate("window.sameWindow = true")
        return page


@pytest.fixture
def office(new_desk, browser, smtp_sink):
    desk = new_desk()
    desk.command("manage", "shell", "--no-imports", "-c", FURNISH.format(port=smtp_sink.port))
    office = Office(desk.start(), browser, smtp_sink)
    yield office
    for context in office.contexts:
        context.close()
    assert not office.broken, f"the page's scripts failed: {office.broken}"


@pytest.fixture
def no_reload():
    """Asks whether a window is still the one that was opened."""
    return lambda page: page.evaluate("window.sameWindow === true")
