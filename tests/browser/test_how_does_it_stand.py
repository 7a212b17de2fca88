"""A technical owner is asked by mail and answers with two taps on a phone; the manager reads it."""

import re

import pytest

from tests.support.desk import wait_for

ASK = """
from django.utils import timezone
from ombud.features.quiet_status import actions
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.spine.escalations import actions as escalations
from ombud.spine.tickets.models import Ticket
now = timezone.now()
people.found_company(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}", now=now)
emil, jun = (Person.objects.get(email=who + "@parcelline.example") for who in ("emil", "jun"))
always = dict(day_from=0, day_until=1440, weekdays=list(range(7)), times=[now.hour * 60])
actions.set_wishes(jun, budget=12, by=jun, now=now, **always)
ticket = Ticket.objects.get()
more = dict(reason="expertise", severity="critical", urgency="critical", manager=emil)
escalations.raise_one(ticket, by=emil, now=now, stakeholders=[(jun, "technical")], **more)
"""


def questions(office):
    """What Jun was mailed that asks for a status."""
    mine = [one for one in office.sink.letters if one.recipients == ["jun@parcelline.example"]]
    said = [one.message.get_body(["plain"]).get_content() for one in mine]
    return [words for words in said if "/status/" in words]


@pytest.mark.mission("P10", "M34")
def test_two_taps_on_a_phone_and_the_manager_reads_it(office):
    office.write("La aduana ha rechazado 38 paquetes.")
    office.sink.wait_for(1)  # the acknowledgement: the ticket is there
    office.desk.command("manage", "shell", "--no-imports", "-c", ASK.format(url=office.desk.url))
    wait_for(lambda: questions(office), "the question")
    link = re.search(r"Blocked: (http://\S+)", questions(office)[0])[1]
    context = office.browser.new_context(
        locale="en-GB", viewport={"width": 390, "height": 844}, is_mobile=True
    )
    office.contexts.append(context)
    phone = context.new_page()
    phone.goto(link)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.get_by_role("radio", name="Blocked").is_checked()
    button = phone.get_by_role("button", name="Send")
    assert button.bounding_box()["height"] >= 44
    phone.get_by_label("A line, if you like").fill("No test printer here.")
    button.click()
    phone.wait_for_selector("text=Thank you, Jun Watanabe")
    desk = office.window("emil", "/escalations/E-101/")
    stands = desk.get_by_role("region", name="How the fix stands")
    assert "No test printer here." in stands.inner_text()
    assert "Blocked" in stands.inner_text()
