"""A customer answers a survey on their phone, without scripts; an agent reads it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.desk import wait_for

ASK = """
from django.utils import timezone
from ombud.features.surveys import actions as surveys
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket
now = timezone.now()
company = dict(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}")
people.found_company(**company, now=now)
survey = dict(name="After a ticket", kind="{kind}", when="resolved", quiet=0, follow_up=8)
surveys.keep_survey(**survey, by=None, now=now)
ada = Person.objects.get(email="ada@parcelline.example")
tickets.assign(Ticket.objects.get(), ada, by=ada, now=now)
tickets.set_status(Ticket.objects.get(), "resolved", by=ada, now=now)
"""


def asked(office, kind):
    """Carla wrote, Ada resolved it, and the mail that asks arrived: its links by number."""
    office.write("La aduana ha rechazado 38 paquetes.")
    office.sink.wait_for(1)  # the acknowledgement: the ticket is there
    office.desk.command("manage", "shell", "--no-imports", "-c", ASK.format(url=office.desk.url, kind=kind))
    text = wait_for(
        lambda: next((one for one in map(words, office.sink.letters) if "/survey/" in one), ""), "it"
    )
    return {int(number): link for number, link in re.findall(r"^(\d+): (http://\S+)", text, re.MULTILINE)}


def words(letter):
    """A letter's plain text."""
    return letter.message.get_body(["plain"]).get_content()


def phone(office, **options):
    context = office.browser.new_context(
        locale="es-ES", viewport={"width": 390, "height": 844}, is_mobile=True, **options
    )
    context.set_default_timeout(30_000)
    office.contexts.append(context)
    return context.new_page()


@pytest.mark.mission("M54", "M88")
def test_one_tap_in_the_mail_and_one_on_the_page_without_any_script(office):
    links = asked(office, "csat")
    page = phone(office, java_script_enabled=False)
    page.goto(links[2])
    number = page.locator("label.survey-number", has_text=re.compile(r"^2$"))
    assert number.bounding_box()["height"] >= 44
    assert page.get_by_label("2", exact=True).is_checked()
    page.get_by_role("textbox").fill("Nadie me llamó.")
    page.locator("button.send").click()
    assert "Ada Lindqvist" in page.inner_text("main")  # gets back to her
    page.goto(links[9])  # another number in the mail, later
    assert page.get_by_role("textbox").input_value() == "Nadie me llamó."
    page.locator("button.send").click()
    assert page.locator(".survey-given").inner_text() == "9"
    agent = office.window("ada", "/inbox/mine/")
    agent.goto(f"{office.desk.url}/tickets/1001/")
    agent.wait_for_selector(".survey-asks >> text=Nadie me llamó.")


@pytest.mark.parametrize(("kind", "number"), [("csat", 8), ("nps", 0), ("ces", 7)])
def test_the_pages_are_accessible_whole_and_light_on_a_phone_at_night(office, kind, number):
    page = phone(office, color_scheme="dark")
    heavy = []
    page.on("response", lambda got: heavy.append(got.url) if got.request.resource_type == "script" else None)
    links = asked(office, kind)
    for path in (links[number], links[number].replace("/survey/", "/survey/x")):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        wrong = [one["id"] for one in Axe().run(page).response["violations"]]
        assert not wrong
    page.goto(links[number])
    page.get_by_role("button").last.click()
    page.wait_for_selector(".survey-given")
    assert not [one["id"] for one in Axe().run(page).response["violations"]]
    assert not heavy
