"""A mail is escalated by a key, the customer hears the first word, an update is undone, a stage is earned."""

import pytest

from tests.support.desk import wait_for

pytestmark = pytest.mark.browser

CARLA = "carla@acme-outdoor.example"


def to_carla(sink):
    """The words of every letter that reached her."""
    return [
        one.message.get_body(("plain",)).get_content()
        for one in list(sink.letters)
        if CARLA in one.recipients
    ]


@pytest.mark.mission("M15", "M32", "M61")
def test_from_a_mail_to_an_earned_stage(office):
    office.write("La aduana ha rechazado 38 paquetes.", subject="Etiquetas rechazadas")
    page = office.window("emil")
    page.locator('#rows .row-link[aria-label*="Etiquetas rechazadas"]').click()
    page.get_by_text("La aduana ha rechazado 38 paquetes.").first.wait_for()
    page.keyboard.press("e")
    page.wait_for_url("**/escalations/raise/**")
    page.select_option("#field-reason", "impact")
    assert "Emil Okafor" in page.input_value("#field-message")
    page.get_by_role("button", name="Escalate", exact=True).click()
    page.wait_for_url("**/escalations/E-101/")
    page.wait_for_selector("html[data-ready]")
    wait_for(lambda: "Emil Okafor leads" in "".join(to_carla(office.sink)), "the first word", 60)

    page.fill("#update-process", "Demasiado pronto.")
    page.locator("[data-saved]", has_text="Saved").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("om-toast [data-undo]").click()
    wait_for(lambda: page.input_value("#update-process") == "Demasiado pronto.", "the words are back")
    page.wait_for_selector("html[data-ready]")

    page.locator(".link-step").click()
    page.get_by_text("Write down what we understood.").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.fill("#brief-understood", "Falta el código HS.")
    page.fill("#brief-impact", "38 paquetes.")
    page.get_by_role("button", name="Put it on their page").click()
    page.locator(".their-page").get_by_text("Falta el código HS.").first.wait_for()
    page.locator(".link-step").click()
    page.get_by_role("button", name="It is investigated").click()
    page.locator(".link-step", has_text="Resolving").wait_for()
    assert "Demasiado pronto" not in "".join(to_carla(office.sink)), "what was undone never left"


ESCALATE = """
from django.utils import timezone
from ombud.foundation.people.models import Person
from ombud.spine.escalations import actions
from ombud.spine.tickets.models import Ticket
ada = Person.objects.get(email="ada@parcelline.example")
actions.raise_one(Ticket.objects.get(), reason="impact", by=ada, now=timezone.now())
"""


def test_what_one_writes_appears_with_the_other_by_itself(office, no_reload):
    office.write("La aduana ha rechazado 38 paquetes.")
    office.sink.wait_for(1)  # the acknowledgement: the ticket is there
    office.desk.command("manage", "shell", "--no-imports", "-c", ESCALATE)
    ada, emil = office.window("ada", "/escalations/E-101/"), office.window("emil", "/escalations/E-101/")
    ada.fill("#update-process", "Ada writes at the same time.")
    emil.keyboard.press("n")
    emil.fill("#note-words", "Reproduced with her file.")
    emil.keyboard.press("Control+Enter")
    for page in (ada, emil):
        page.locator(".timeline").get_by_text("Reproduced with her file.").wait_for()
        assert no_reload(page)
    assert ada.input_value("#update-process") == "Ada writes at the same time."
