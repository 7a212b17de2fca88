"""A clock from the customer's mail on: its ring runs, is kept, waits, runs again; and another one breaks."""

import re

import pytest

from tests.browser.test_from_mail_to_answer import row, write

pytestmark = pytest.mark.browser

POLICY = """
from django.utils import timezone
from ombud.spine.sla import actions
hour = 3600
p3 = {"first_reply": {"seconds": 2 * hour},
      "next_reply": {"seconds": 3 * hour}, "resolution": {"seconds": 24 * hour}}
terms = {"targets": {"p3": p3, "p1": {"first_reply": {"seconds": 61}}}, "pauses": ["waiting"]}
actions.keep_policy(name="Everybody", conditions={}, terms=terms, by=None, now=timezone.now())
"""
# Mail that came in almost a minute ago: its promise of 61 seconds breaks soon, and nobody sleeps for it.
LATE = """
from datetime import timedelta
from django.utils import timezone
from ombud.foundation.people.models import Customer
from ombud.foundation.post.queries import default_mailbox
from ombud.spine.tickets import actions
from ombud.spine.tickets.said import Said
now = timezone.now() - timedelta(seconds=49)
carla = Customer.objects.get(email="carla@acme-outdoor.example")
said = Said(text="Nada funciona.", subject="Todo parado",
            from_address=carla.email, happened_at=now)
actions.open_ticket(said, customer=carla, channel="email",
                    mailbox=default_mailbox(), now=now, severity="critical",
                    urgency="critical")
"""
# When the row turned, and when it stood under its heading, in milliseconds after the due time.
WATCH = """(words) => new Promise((done) => {
  const seen = {};
  const look = () => {
    const row = document.querySelector(`#rows .row:has(.row-link[aria-label*="${words}"])`);
    const due = Date.parse(row?.querySelector("om-due time")?.getAttribute("datetime"));
    if (row?.dataset.time !== "broken") return;
    seen.turned ??= Date.now() - due;
    let above = row.previousElementSibling;
    while (above && !above.matches(".row-group")) above = above.previousElementSibling;
    if (!above?.textContent.includes("Broken")) return;
    watch.disconnect();
    done({ ...seen, moved: Date.now() - due });
  };
  const watch = new MutationObserver(look);
  watch.observe(document.getElementById("rows"), { subtree: true, childList: true, attributes: true });
  look();
})"""


def clocks(page):
    return page.locator("#ticket-head .ticket-promises")


@pytest.fixture
def promising(office):
    office.desk.command("manage", "shell", "--no-imports", "-c", POLICY)
    return office


@pytest.mark.mission("M11")
def test_a_promise_runs_is_kept_waits_and_runs_again(promising, no_reload):
    page = promising.window(path="/inbox/all/")
    asked = promising.write("La aduana ha rechazado 38 paquetes.", subject="Etiquetas aduaneras")
    row(page, "Etiquetas aduaneras").wait_for()
    page.locator('#rows .row[data-time="running"] om-due').get_by_text("1 h 59").wait_for()
    row(page, "Etiquetas aduaneras").click()
    clocks(page).get_by_text("First reply in 1 h 59").wait_for()

    page.locator("#ticket-head om-why button").first.hover()
    why = page.locator("[data-why]:popover-open")
    why.get_by_text("Carla wrote").wait_for()
    why.get_by_text("Promised within, P3 · Everybody").wait_for()
    why.get_by_text("Carla has lived").wait_for()
    page.keyboard.press("Escape")

    write(page, "r", "Lo estoy mirando ahora mismo.")
    page.keyboard.press("Control+Enter")
    clocks(page).get_by_text("Resolution paused: waiting for customer").wait_for()
    reply = promising.sink.wait_for(1, seconds=60)[-1].message
    assert asked in reply["References"]
    clocks(page).get_by_text(re.compile(r"First reply kept in \d+ s")).wait_for()
    page.locator("#thread").get_by_text("Kept: First reply").wait_for()
    page.locator('#rows .row[data-time="paused"]').wait_for()

    promising.write("Gracias. Ya son 412.", subject="Re: Etiquetas", answers=reply["Message-ID"])
    clocks(page).get_by_text(re.compile(r"Next reply in (3 h|2 h 59)")).wait_for()
    clocks(page).get_by_text(re.compile(r"Resolution in (1 d|23 h 5\d)")).wait_for()
    assert no_reload(page)


@pytest.mark.mission("M11")
def test_a_promise_that_breaks_is_seen_at_the_second(promising, no_reload):
    page = promising.window(path="/inbox/all/")
    promising.write("¿Alguna novedad?", subject="Sin prisa")
    row(page, "Sin prisa").wait_for()
    promising.desk.command("manage", "shell", "--no-imports", "-c", LATE)
    row(page, "Todo parado").wait_for()
    seen = page.evaluate(WATCH, "Todo parado")
    assert seen["turned"] < 1000
    assert page.locator("#rows .row").first.get_attribute("data-time") == "broken"
    row(page, "Todo parado").click()
    clocks(page).get_by_text(re.compile("First reply broken")).wait_for()
    page.locator("#thread").get_by_text("Broken: First reply").wait_for()
    assert no_reload(page)


def test_why_is_read_by_pointer_by_keyboard_and_on_a_phone(promising):
    promising.write("¿Alguna novedad?", subject="Sin prisa")
    page = promising.window(path="/inbox/all/")
    row(page, "Sin prisa").click()
    clock, why = clocks(page).locator("button").first, page.locator("[data-why]:popover-open")
    clock.hover()
    why.get_by_text("Carla wrote").wait_for()
    clock.click()  # it stays, wherever the pointer goes
    page.mouse.move(700, 700)
    why.get_by_text("Carla has lived").wait_for()
    page.keyboard.press("Escape")
    why.wait_for(state="detached")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    why.get_by_text("Carla wrote").wait_for()
    phone = promising.window(path="/inbox/all/", viewport={"width": 390, "height": 844}, has_touch=True)
    row(phone, "Sin prisa").tap()
    clocks(phone).locator("button").first.tap()
    sheet = phone.locator("[data-why]:popover-open")
    sheet.get_by_text("Carla wrote").wait_for()
    assert sheet.evaluate("(it) => Math.round(it.getBoundingClientRect().bottom)") == 844
    sheet.get_by_role("button", name="Close").tap()
    sheet.wait_for(state="detached")


@pytest.mark.mission("M14")
def test_what_is_promised_in_a_reply_gets_a_clock_by_one_press(promising, no_reload):
    promising.write("¿Alguna novedad?", subject="Sin prisa")
    page = promising.window(path="/inbox/all/")
    row(page, "Sin prisa").click()
    write(page, "r", "Le llamo pasado mañana a las 10:00.")
    page.keyboard.press("Control+Enter")
    page.locator(".offer").get_by_text("Keep a clock on it?").wait_for()
    page.locator(".offer").get_by_role("button", name="Accept").click()
    clocks(page).get_by_text("Le llamo pasado mañana a las 10:00.").wait_for()
    page.locator(".promise-deeds").get_by_role("button", name="Done").click()
    clocks(page).get_by_text("Le llamo pasado mañana").wait_for(state="detached")
    assert no_reload(page)
