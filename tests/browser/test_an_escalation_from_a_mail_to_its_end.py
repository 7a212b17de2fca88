"""The whole way: a mail, silence, a climb, a phone, a late update, a status by a link, acceptance.

Nobody waits for hours here: what is due is a column, and it is set back instead.
"""

import re

import pytest

from tests.support.desk import wait_for

pytestmark = pytest.mark.browser

CARLA = "carla@acme-outdoor.example"
PREPARE = """
from django.utils import timezone
from ombud.foundation.people import actions as people
from ombud.spine.ladders import actions as ladders
from ombud.spine.ladders.models import Ladder
now = timezone.now()
people.found_company(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}", now=now)
for usual in Ladder.objects.all():
    ladders.archive_ladder(usual, by=None, now=now)
rungs = [dict(whom=dict(kind="role", of="lead"), by=["mail"]),
         dict(whom=dict(kind="role", of="escalation_manager"), after=900, by=["mail"])]
draft = dict(starts=[dict(on="by_hand")], rungs=rungs)
ladder = ladders.keep_ladder(name="Help", draft=draft, by=None, now=now)
ladders.publish(ladder, by=None, now=now)
"""
AN_HOUR_LATER = """
from datetime import timedelta
from django.utils import timezone
from ombud.spine.{room}.models import {model}
now = timezone.now()
{model}.objects.filter({of}=None).update({columns})
"""
AT_ANY_MINUTE = """
from django.utils import timezone
from ombud.features.quiet_status.models import Wishes
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.spine.escalations import actions
from ombud.spine.tickets.models import Ticket
now = timezone.now()
people.found_company(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}", now=now)
ours = {{one.email.partition("@")[0]: one for one in Person.objects.all()}}
Wishes.objects.create(person=ours["jun"], times=list(range(1440)), weekdays=list(range(7)), day_from=0,
                      day_until=1439)
one = actions.raise_one(Ticket.objects.get(), reason="impact", by=ours["ada"], now=now, manager=ours["emil"])
actions.add_stakeholder(one, ours["jun"], "technical", by=ours["emil"], now=now)
"""


@pytest.fixture
def tell(office):
    """Runs a line of the product's own shell in the desk."""
    return lambda code: office.desk.command("manage", "shell", "--no-imports", "-c", code)


@pytest.fixture
def phone(office):
    """A phone on which nobody is signed in."""
    context = office.browser.new_context(
        locale="en-GB", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    context.set_default_timeout(30_000)
    office.contexts.append(context)
    page = context.new_page()
    page.on("pageerror", lambda error: office.broken.append(str(error)))
    return page


def link_to(sink, whom, path):
    """The newest link of that kind in a letter to somebody."""

    def found():
        texts = [
            one.message.get_body(("plain",)).get_content() for one in sink.letters if whom in one.recipients
        ]
        links = [link for text in texts for link in re.findall(rf"http://\S+/{path}/[^\s>)]+", text)]
        return links[-1:]

    return wait_for(found, f"a link {path} for {whom}", 120)[0]


@pytest.mark.mission("M25", "M32", "M47", "M48", "P1")
def test_from_a_mail_to_its_end(office, tell, phone):
    tell(PREPARE.format(url=office.desk.url))
    office.write("La aduana ha rechazado 38 paquetes.", subject="Etiquetas rechazadas")
    emil = office.window("emil")
    emil.locator('#rows .row-link[aria-label*="Etiquetas rechazadas"]').click()
    emil.get_by_text("La aduana ha rechazado 38 paquetes.").first.wait_for()
    emil.keyboard.press("h")  # help is called: the lead is told, and says nothing

    office.sink.wait_for(2)
    later = {"room": "ladders", "model": "Climb", "of": "ended_at", "columns": "climbs_at=now, next_at=now"}
    tell(AN_HOUR_LATER.format(**later))
    phone.goto(link_to(office.sink, "emil@parcelline.example", "have"))
    phone.get_by_role("button", name="I have it").click()
    phone.wait_for_selector("text=You have it")

    emil.reload()
    emil.wait_for_selector("html[data-ready]")
    emil.locator(".ladder-banner", has_text="Emil Okafor has it").wait_for()
    emil.keyboard.press("e")
    emil.wait_for_url("**/escalations/raise/**")
    emil.select_option("#field-reason", "unheard")
    emil.select_option("#field-severity", "critical")
    emil.get_by_role("button", name="Escalate", exact=True).click()
    emil.wait_for_url("**/escalations/E-101/")
    emil.wait_for_selector("html[data-ready]")

    late = {"room": "escalations", "model": "Escalation", "of": "closed_at"}
    passed = "next_update_at=now - timedelta(minutes=9), fires_at=now - timedelta(minutes=9)"
    tell(AN_HOUR_LATER.format(**late, columns=passed))
    emil.locator('.due[data-time="broken"]').wait_for()
    assert "It is sent, not moved or waived." in emil.inner_text(".focus-side")
    emil.fill("#update-process", "Perdone: llega tarde. Falta el código HS.")
    emil.keyboard.press("Control+Enter")
    emil.locator(".timeline .tag", has_text="late").first.wait_for()

    accept(office, emil, phone)

    noor = office.window("noor", "/escalations/kept/")
    assert "2 of 3" in noor.inner_text(".kept-sum"), "two in time, one late, and it says so"


def accept(office, emil, phone):
    """A workaround is proposed, signed off and offered; Carla accepts it on her phone; it ends."""
    emil.reload()
    emil.wait_for_selector("html[data-ready]")
    emil.keyboard.press("y")
    emil.fill("#brief-understood", "Falta el código HS.")
    emil.fill("#brief-impact", "38 paquetes.")
    emil.get_by_role("button", name="Put it on their page").click()
    emil.locator(".their-page").get_by_text("Falta el código HS.").first.wait_for()
    emil.locator(".link-step").click()
    emil.get_by_role("button", name="It is investigated").click()
    emil.locator(".link-step", has_text="Resolving").wait_for()
    emil.wait_for_selector("html[data-ready]")
    emil.keyboard.press("p")
    emil.locator("#propose input[value=workaround]").check()
    emil.fill("#propose-words", "Imprima desde la página del transportista.")
    emil.fill("#propose-fix-due", "2031-01-15T10:00")
    emil.get_by_role("button", name="Propose it").click()
    emil.locator('.solution[data-state="proposed"]').wait_for()
    emil.keyboard.press("p")
    emil.get_by_role("button", name="Sign off, and send it").click()
    emil.locator('.solution[data-state="offered"]').wait_for()
    wait_for(lambda: "transportista" in letters_to_carla(office), "the offer", 60)

    phone.goto(link_to(office.sink, CARLA, "c"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator('a.send[href="#accept"]').first.click()
    phone.locator("#accept button.send").click()
    emil.locator('.solution[data-state="accepted"]').wait_for()
    emil.locator(".owed").get_by_role("button", name="It came").click()
    emil.locator(".owed").wait_for(state="detached")
    emil.locator(".link-step", has_text="Reviewing").click()
    emil.get_by_role("button", name="It is reviewed: close it").click()
    emil.get_by_text("It is over since").first.wait_for()


def letters_to_carla(office):
    letters = [one for one in office.sink.letters if CARLA in one.recipients]
    return "".join(one.message.get_body(("plain",)).get_content() for one in letters)


@pytest.mark.mission("M34")
def test_the_owner_of_the_fix_says_by_a_link_how_it_stands(office, tell, phone):
    office.write("La aduana ha rechazado 38 paquetes.", subject="Etiquetas rechazadas")
    office.sink.wait_for(1)  # the acknowledgement: the ticket is there
    tell(AT_ANY_MINUTE.format(url=office.desk.url))
    emil = office.window("emil", "/escalations/E-101/")
    emil.locator("[popovertarget^=ask-]").click()
    emil.locator("[id^=ask-]:popover-open button").click()
    phone.goto(link_to(office.sink, "jun@parcelline.example", "status"))
    phone.locator(".status-kind").first.click()
    phone.get_by_role("button", name="Send").click()
    phone.get_by_text("Thank you, Jun Watanabe").wait_for()
    emil.locator(".focus-main").get_by_text("No change").first.wait_for()  # by itself
