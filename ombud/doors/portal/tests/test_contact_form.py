"""The customers' form: a stranger fills it in and is answered by a person."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ombud.features.channels import actions as channels
from ombud.features.channels.models import Incoming
from ombud.foundation.people.models import Customer
from ombud.spine.tickets.models import Ticket

FORM = {
    "name": "Carla Benítez",
    "email": "carla@acme-outdoor.example",
    "subject": "Etiquetas",
    "text": "No imprime.",
}
CONTACT = "/contact/"


def send(client, **changes):
    return client.post(CONTACT, {**FORM, "key": "k1", **changes}, follow=True)


@pytest.mark.mission("M1", "M8")
def test_a_customer_reaches_us_by_the_form_and_is_told_the_number(cast, client):
    page = send(client).content.decode()
    ticket = Ticket.objects.get()
    assert f"#{ticket.number}" in page
    assert "carla@acme-outdoor.example" in page
    assert (ticket.subject, ticket.channel) == ("Etiquetas", "web_form")


def test_how_badly_it_hits_becomes_the_severity(cast, client):
    send(client, severity="critical")
    assert Ticket.objects.get().severity == "critical"


def test_files_come_along(cast, client):
    send(
        client, files=[SimpleUploadedFile("a.png", b"one", "image/png"), SimpleUploadedFile("b.txt", b"two")]
    )
    names = Ticket.objects.get().messages.get().attachments.values_list("name", flat=True)
    assert sorted(names) == ["a.png", "b.txt"]


def test_the_same_form_sent_twice_is_one_ticket(cast, client):
    send(client)
    assert f"#{Ticket.objects.get().number}" in send(client).content.decode()
    assert Ticket.objects.count() == 1


def test_a_machine_that_fills_in_the_trap_is_thanked_and_put_aside(cast, client):
    page = send(client, website="https://spam.example")
    assert page.status_code == 200
    assert not Ticket.objects.exists()
    assert Incoming.objects.get().reason == "trap"


def test_what_is_missing_is_said_and_nothing_is_lost(cast, client):
    answer = client.post(CONTACT, {**FORM, "email": "carla", "subject": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="wrong"') == 2
    assert "No imprime." in page
    assert not Customer.objects.exists()


def test_too_many_forms_from_one_place_wait(cast, client):
    for number in range(20):
        send(client, key=f"many-{number}", subject=f"Nr {number}")
    page = client.post(CONTACT, {**FORM, "key": "more"}).content.decode()
    assert "ten minutes" in page


def test_a_closed_form_says_how_else_to_reach_us(cast, client):
    channels.switch("web_form", False, by=cast.greta, now=cast.now)
    answer = client.get(CONTACT)
    assert answer.status_code == 503
    assert "support@desk.test" in answer.content.decode()


def test_a_forged_thank_you_leads_to_the_form(cast, client):
    assert client.get(reverse("portal:thanks", args=["nonsense"]))["Location"] == CONTACT


def test_each_language_has_its_switch(cast, client):
    answer = client.post("/language", {"language": "fr", "next": CONTACT})
    assert answer["Location"] == CONTACT
    assert '<html lang="fr"' in client.get(CONTACT).content.decode()


@pytest.mark.parametrize("page", ["form", "thanks"])
def test_the_page_weighs_less_than_60_kB_and_runs_no_script(cast, client, page):
    html = (client.get(CONTACT) if page == "form" else send(client)).content
    assert b"<script" not in html
    parts = [html, *map(read, re.findall(rb'href="/static/([^"]+\.css)"', html))]
    weight = sum(len(gzip.compress(part)) for part in parts)
    assert weight < 60_000, weight


def read(name):
    """A style sheet with everything that it imports."""
    content = Path(finders.find(name.decode() if isinstance(name, bytes) else name)).read_bytes()
    for found in re.findall(rb'@import "([^"]+)"', content):
        content += read(f"portal/{found.decode()}".replace("portal/../", ""))
    return content
