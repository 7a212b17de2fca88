"""A customer opens their room from a letter: on a phone, without scripts, and in every language."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RAISE = """
from datetime import timedelta
from django.utils import timezone
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.spine.escalations import actions
from ombud.spine.escalations.letters import address_of
from ombud.spine.tickets.models import Ticket
now = timezone.now()
company = dict(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}")
people.found_company(**company, now=now)
emil = Person.objects.get(email="emil@parcelline.example")
ticket = Ticket.objects.get()
escalation = actions.raise_one(ticket, reason="impact", severity="high", manager=emil, by=emil, now=now)
brief = dict(understood="Customs refuse.", impact="412 parcels; 3 shops", needs="Which ones?")
actions.set_brief(escalation, **brief, by=emil, now=now)
solution = actions.propose(escalation, "workaround", "Print from the carrier page.", by=emil, now=now,
                           fix_due_at=now + timedelta(days=3))
actions.sign_off(solution, by=emil, now=now)
actions.reach(escalation, "investigated", by=emil, now=now)
print(address_of(actions.give_pass(ticket, ticket.customer, now=now)))
"""


@pytest.fixture
def link(office):
    office.write("La aduana ha rechazado 38 paquetes.")
    office.sink.wait_for(1)  # the acknowledgement: the ticket is there
    said = office.desk.command("manage", "shell", "--no-imports", "-c", RAISE.format(url=office.desk.url))
    return next(line for line in said.splitlines() if line.startswith("http"))


def window(office, **options):
    context = office.browser.new_context(locale="en-GB", **options)
    office.contexts.append(context)
    context.add_cookies([{"name": "django_language", "value": "en", "url": office.desk.url}])
    return context.new_page()


@pytest.mark.mission("P6", "M37", "M48")
def test_on_a_phone_without_scripts_they_say_how_it_goes_and_accept(office, link):
    phone = window(office, viewport={"width": 390, "height": 844}, is_mobile=True, java_script_enabled=False)
    phone.goto(link)
    assert "Carla, Emil writes to you again by" in phone.inner_text("h1")
    assert not phone.locator("#pulse").is_visible()
    phone.locator(".thumb").get_by_text("How it goes").click()
    phone.locator("#pulse label", has_text="9").first.click()
    phone.fill("#pulse textarea", "You called at once.")
    phone.locator("#pulse").get_by_role("button", name="Say so").click()
    assert "That helps us to do it right" in phone.inner_text("main")
    phone.locator(".thumb").get_by_text("Accept").click()
    button = phone.locator("#accept").get_by_role("button", name="Yes, I accept it")
    assert button.bounding_box()["height"] >= 44
    button.click()
    assert "We still owe you the fix itself" in phone.inner_text("main")
    assert "You accepted this. Thank you." in phone.inner_text("main")


def test_every_part_is_accessible_and_whole_at_any_width(office, link):
    for scheme, width in (("light", 1440), ("dark", 390), ("light", 1024)):
        page = window(office, viewport={"width": width, "height": 900}, color_scheme=scheme)
        for part in ("", "#pulse", "#higher", "#accept"):
            page.goto("about:blank")
            page.goto(link + part)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (width, part)
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def test_the_dial_goes_on_by_itself(office, link):
    page = window(office)
    page.clock.install()
    page.goto(link)
    before = page.inner_text(".countdown b")
    page.clock.fast_forward("03:00:00")
    page.wait_for_function(
        "before => document.querySelector('.countdown b').innerText !== before", arg=before
    )
