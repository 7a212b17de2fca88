"""The overview of escalations on a wall: it redraws and counts by itself, and is walked by keyboard."""

import pytest

pytestmark = pytest.mark.browser

RAISE = """
from datetime import timedelta
from django.utils import timezone
from ombud.foundation.people.models import Customer, Person
from ombud.spine.escalations import actions
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said
now, carla = timezone.now(), Customer.objects.get(name="Carla Benítez")
ada = Person.objects.get(email="ada@parcelline.example")
said = Said(text="La aduana.", subject="{title}", from_name=carla.name, from_address=carla.email,
            happened_at=now)
ticket = tickets.open_ticket(said, customer=carla, channel="email", now=now)
escalation = actions.raise_one(ticket, reason="impact", severity="critical", by=ada, now=now)
actions.send_update(escalation, process="Lo miro.", next_at=now + timedelta(seconds={due}), by=ada, now=now)
"""


@pytest.mark.mission("M32")
def test_an_escalation_appears_and_turns_late_by_itself(office, no_reload):
    page = office.window("emil", "/escalations/")
    page.get_by_text("No customer is escalated").wait_for()
    office.desk.command("manage", "shell", "--no-imports", "-c", RAISE.format(title="Aduana", due=12))
    card = page.locator("#e-101")
    card.wait_for()
    words = card.locator(".count").inner_text()
    page.wait_for_function("words => document.querySelector('#e-101 .count').innerText !== words", arg=words)
    page.wait_for_selector("#e-101[data-time=broken]")
    page.locator(".late", has_text="Acme Outdoor").wait_for()
    page.get_by_text("Update to Acme Outdoor is late").wait_for()
    assert page.locator(".tally [data-time=broken] b").inner_text() == "1"
    assert no_reload(page)


def test_one_walks_the_cards_by_keyboard(office):
    for title in ("Aduana", "Recogida"):
        office.desk.command("manage", "shell", "--no-imports", "-c", RAISE.format(title=title, due=5000))
    page = office.window("emil", "/escalations/")
    page.keyboard.press("j")
    page.wait_for_selector("#e-101:focus")
    page.keyboard.press("j")
    page.wait_for_selector("#e-102:focus")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/escalations/E-101/")
