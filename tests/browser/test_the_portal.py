"""A customer's whole way on a phone, without a script: sign in by mail, ask, answer, close, open again."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_every_page import serious

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "locale": "en-GB"}
PAGES = ["/my/", "/my/?show=all", "/my/new", "/my/self", "/contact/"]
PREPARE = """
from django.utils import timezone
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Customer
from ombud.spine.sla import actions as sla
from ombud.features.request_forms.actions import keep_kind
now = timezone.now()
people.found_company(name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="{url}", now=now)
people.change_customer(Customer.objects.get(), language="en", by=None, now=now)
sla.begin_with_standard(by=None, now=now)
ask = dict(ask="text", required=True, labels=dict(en="Order number"), choices=[])
keep_kind(names=dict(en="Printing"), questions=[ask], by=None, now=now)
"""


@pytest.fixture
def phone(office):
    office.desk.command("manage", "shell", "--no-imports", "-c", PREPARE.format(url=office.desk.url))
    context = office.browser.new_context(java_script_enabled=False, **PHONE)
    office.contexts.append(context)
    return context.new_page()


def signs_in(phone, office):
    phone.goto(f"{office.desk.url}/my/")
    phone.get_by_label("Your e-mail").first.fill("carla@acme-outdoor.example")
    phone.get_by_role("button", name="Mail me a link").click()
    letter = office.sink.wait_for(1)[0]
    phone.goto(re.search(r"http://\S+/my/in/\S+", letter.message.get_body(["plain"]).get_content())[0])
    phone.get_by_role("button", name="See my requests").click()


@pytest.mark.browser
@pytest.mark.mission("M1", "M11", "M14")
def test_a_customer_does_everything_on_a_phone_without_a_script(phone, office):
    signs_in(phone, office)
    phone.get_by_role("link", name="Write to us").first.click()
    phone.get_by_role("link", name="Printing").click()
    phone.get_by_label("What is it about?").fill("Albaranes")
    phone.get_by_label("What happened?").fill("No salen.")
    phone.get_by_label("Order number").fill("P-4711")
    phone.get_by_role("button", name="Send").click()
    assert "Order number: P-4711" in phone.inner_text("main")
    assert "You hear from us by" in phone.inner_text("main")
    phone.get_by_label("Your message").fill("Sigue igual.")
    phone.get_by_role("button", name="Send").click()
    assert "Sigue igual." in phone.inner_text("main")
    phone.get_by_role("button", name="Yes, this is solved").click()
    assert "Solved" in phone.inner_text(".standing")
    phone.get_by_label("Your message").fill("No del todo.")
    phone.get_by_role("button", name="Send and open again").click()
    assert "Solved" not in phone.inner_text(".standing")
    for button in phone.get_by_role("button").all():
        if button.is_visible() and button.evaluate("one => !one.closest('.languages')"):
            assert button.bounding_box()["height"] >= 44, button.inner_text()


@pytest.mark.browser
def test_every_page_is_accessible_and_whole_by_day_and_at_night(phone, office):
    signs_in(phone, office)
    phone.goto(f"{office.desk.url}/my/new")
    phone.get_by_label("What is it about?").fill("Etiquetas " * 20)
    phone.get_by_label("What happened?").fill("w" * 300)
    phone.get_by_role("button", name="Send").click()
    request = phone.url.removeprefix(office.desk.url)
    wrong = []
    for scheme, width in (("light", 1440), ("dark", 390)):
        size = {"width": width, "height": 844}
        context = office.browser.new_context(
            viewport=size, color_scheme=scheme, locale="en-GB", storage_state=phone.context.storage_state()
        )
        office.contexts.append(context)
        page = context.new_page()
        for path in [*PAGES, request, "/my/new?kind=1"]:
            page.goto(office.desk.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wrong += [f"{path} {scheme}: {wide} px too wide"] if wide > 1 else []
            wrong += [f"{path} {scheme}: {one}" for one in serious(Axe().run(page))]
    assert not wrong, "\n".join(wrong)
