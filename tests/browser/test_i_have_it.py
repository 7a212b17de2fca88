"""A ladder calls somebody by mail; they take it on from their phone, without signing in."""

import re

import pytest

CALL = """
from django.utils import timezone
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Person
from ombud.spine.ladders import actions as ladders
from ombud.spine.tickets.models import Ticket
now = timezone.now()
company = dict(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}")
people.found_company(**company, now=now)
rungs = [dict(whom=dict(kind="role", of="lead"), by=["mail"]),
         dict(whom=dict(kind="role", of="head"), after=900, by=["mail"])]
draft = dict(starts=[dict(on="by_hand")], rungs=rungs)
ladder = ladders.keep_ladder(name="Help", draft=draft, by=None, now=now)
ladders.publish(ladder, by=None, now=now)
ladders.climb_now(Ticket.objects.get(), by=Person.objects.get(email="ada@parcelline.example"), now=now)
"""


@pytest.mark.mission("M25")
def test_one_tap_on_a_phone_and_nobody_else_is_told(office):
    office.write("La aduana ha rechazado 38 paquetes.")
    office.sink.wait_for(1)  # the acknowledgement: the ticket is there
    office.desk.command("manage", "shell", "--no-imports", "-c", CALL.format(url=office.desk.url))
    letter = next(one for one in office.sink.wait_for(2) if one.recipients == ["ines@parcelline.example"])
    link = re.search(r"http://\S+/have/\S+", letter.message.get_body(["plain"]).get_content())[0]
    context = office.browser.new_context(
        locale="en-GB", viewport={"width": 390, "height": 844}, is_mobile=True
    )
    office.contexts.append(context)
    phone = context.new_page()
    phone.goto(link)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    button = phone.get_by_role("button", name="I have it")
    assert button.bounding_box()["height"] >= 44
    button.click()
    phone.wait_for_selector("text=You have it")
    assert "Nobody else is told" in phone.inner_text("main")
    phone.goto(link)  # once more, from the mail: it is still theirs
    assert "You have it" in phone.inner_text("main")
