"""Every page of customers transfers at most 60 kB: HTML, style sheets and scripts, compressed."""

import pytest
from django.test import Client

from ombud.doors.portal.tests.customers import weight
from ombud.foundation.people import actions as people
from ombud.foundation.people.branding import keep_brand
from ombud.spine.sla import actions as sla
from ombud.spine.tickets import actions as tickets

MOST = 60_000  # bytes
WORDS = "La aduana de Cádiz ha rechazado 38 paquetes más, y el viernes empieza la campaña de invierno. "


@pytest.fixture
def full(here):
    """A customer with many requests, one of them long, in Chinese, of a brand of its own."""
    keep_brand(name="Parcelline", accent="#ff8800", by=None, now=here.now)
    sla.begin_with_standard(by=here.greta, now=here.now)
    people.change_customer(here.carla, by=None, now=here.now, language="zh-hans", sees_company=True)
    made = [here.writes(here.carla, subject=f"{n} {WORDS}") for n in range(40)]
    for n in range(30):
        tickets.reply(made[0], by=here.ada, text=f"{n} {WORDS * 8}", now=here.now, hold=here.now - here.now)
    here.ticket = made[0]
    return here


def test_no_page_weighs_more_than_60_kB_and_none_needs_a_script(full, enter):
    inside, outside = enter(full.carla), Client()
    pages = [
        *((inside, path) for path in ("/my/", "/my/?show=all&of=company", "/my/self", "/my/new")),
        (inside, f"/my/requests/{full.ticket.number}"),
        *((outside, path) for path in ("/my/in", "/my/in/some-secret", "/contact/")),
    ]
    for browser, path in pages:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert b"<script" not in answer.content, path
        assert weight(browser, answer.content) <= MOST, (path, weight(browser, answer.content))
