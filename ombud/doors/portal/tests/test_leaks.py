"""Nothing that is inside, and nothing of others, is in any byte that a customer or a stranger can fetch."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from ombud.foundation.people import actions as people
from ombud.lib import files
from ombud.spine.escalations import actions as escalations
from ombud.spine.sla import actions as sla
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Attachment, Message
from ombud.spine.tickets.said import Enclosed, Said

NOW = timedelta(0)
SECRET = "zq7"  # no other word of the pages has it
OF_CARLA = "only-for-carla"


def enclosed(name, words):
    content = words.encode()
    return Enclosed(name, "text/plain", len(content), files.keep(content))


@pytest.fixture
def seeded(here):
    """Carla's ticket with a secret in every place that no customer reads, and tickets of others."""
    now, ada = here.now, here.ada
    sla.begin_with_standard(by=here.greta, now=now)
    here.team(f"{SECRET}-team", ada, private=True)
    said = Said(
        text=f"Hola {OF_CARLA}.",
        subject="Etiquetas",
        from_name="Carla Benítez",
        from_address=here.carla.email,
        attachments=[enclosed("hers.txt", f"{OF_CARLA}-file")],
        quoted=f"{SECRET}-quoted",
        happened_at=now,
    )
    ticket = tickets.open_ticket(said, customer=here.carla, channel="email", mailbox=here.mailbox, now=now)
    tickets.set_team(ticket, here.team(f"{SECRET}-team", ada, private=True), by=ada, now=now)
    tickets.note(
        ticket, by=ada, text=f"{SECRET}-note", attachments=[enclosed("n.txt", f"{SECRET}-n")], now=now
    )
    tickets.forward(
        ticket,
        by=ada,
        to=[["", "carrier@ships.example"]],
        text=f"{SECRET}-forward",
        attachments=[enclosed("f.txt", f"{SECRET}-f")],
        now=now,
        hold=NOW,
    )
    third = replace(said, text=f"{SECRET}-third", from_address="carrier@ships.example", attachments=[])
    tickets.receive_inside(ticket, third, channel="email", now=now)
    tickets.reply(ticket, by=ada, text="We look.", bcc=[["", f"{SECRET}@boss.example"]], now=now, hold=NOW)
    tickets.reply(ticket, by=ada, text=f"{SECRET}-taken-back", now=now)
    tickets.tag(ticket, f"{SECRET}-tag", by=here.ines, now=now)
    tickets.overrule_priority(ticket, "p1", reason=f"{SECRET}-reason", by=here.ines, now=now)
    people.change_customer(here.carla, by=None, now=now, notes=f"{SECRET}-notes", language="en")
    escalate(here, ticket)
    strangers = here.writes(here.mallory, text=f"{SECRET}-mallory", subject=f"{SECRET}-subject")
    merged = here.writes(here.mallory, text=f"{SECRET}-merged", subject=f"{SECRET}-m")
    tickets.merge(merged, ticket, by=ada, now=now)
    here.ticket, here.strangers = ticket, strangers
    return here


def escalate(here, ticket):
    raised = escalations.raise_one(
        ticket, title=f"{SECRET}-title", reason="unheard", how="agent", by=here.ines, now=here.now
    )
    brief = dict.fromkeys(("understood", "impact", "do_say", "do_not_say", "fix"), f"{SECRET}-brief")
    escalations.set_brief(raised, **brief, by=here.ines, now=here.now)
    escalations.decide(raised, f"{SECRET}-what", f"{SECRET}-basis", by=here.ines, now=here.now)


def pages(here):
    """Every address of the door with every id that there is, right or wrong."""
    numbers = [here.ticket.number, here.strangers.number, here.ticket.number + 1, 999_999]
    yield from ("/my/", "/my/?show=all&of=company", "/my/in", "/my/self", "/my/new", "/contact/")
    yield from (
        "/my/?from=-1&show=x",
        "/my/in/forged",
        "/brand/ours.css",
        "/brand/ours/logo",
        "/my/requests/0",
    )
    for number in numbers:
        yield f"/my/requests/{number}"
        for attachment in Attachment.objects.all():
            yield f"/my/requests/{number}/files/{attachment.pk}/x"


def fetched(browser, here):
    """(path, whole answer as text) of each page, headers and errors with it."""
    for path in pages(here):
        answer = browser.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield path, f"{answer.status_code} {dict(answer.headers)} {body.decode('utf-8', 'replace')}"


def test_no_customer_and_no_stranger_reads_a_word_that_is_inside(seeded, enter):
    watchers = {
        "carla": enter(seeded.carla),
        "rui": enter(seeded.rui),
        "chen": enter(seeded.chen),
        "a stranger": Client(),
    }
    for who, browser in watchers.items():
        for path, answer in fetched(browser, seeded):
            assert SECRET not in answer, (who, path, answer[max(0, answer.find(SECRET) - 200) :][:400])


def test_what_is_hers_reaches_carla_and_nobody_else(seeded, enter):
    assert any(f"{OF_CARLA}-file" in answer for _path, answer in fetched(enter(seeded.carla), seeded))
    for browser in (enter(seeded.rui), enter(seeded.mallory), enter(seeded.chen), Client()):
        for path, answer in fetched(browser, seeded):
            assert OF_CARLA not in answer, path


def test_what_was_written_in_vain_shows_nothing_of_the_ticket(seeded, enter):
    for browser in (enter(seeded.mallory), enter(seeded.rui), Client()):
        for deed in ("reply", "solved"):
            data = {"text": "x", "key": deed, "files": SimpleUploadedFile("a.txt", b"a")}
            answer = browser.post(f"/my/requests/{seeded.ticket.number}/{deed}", data)
            assert answer.status_code in (302, 404)
            assert OF_CARLA not in answer.content.decode()
    assert not Message.objects.filter(channel="portal").exists()
    seeded.ticket.refresh_from_db()
    assert not seeded.ticket.is_done


# Whom each page answers: to a stranger it is the way to sign in (302) where it is a customer's.
OWN, COLLEAGUE, CHIEF, OTHER, STRANGER, STAFF = "own", "colleague", "chief", "other", "stranger", "staff"
EVERYONE = (OWN, COLLEAGUE, CHIEF, OTHER, STRANGER, STAFF)
OPEN = dict.fromkeys(EVERYONE, 200)
SIGNED_IN = {OWN: 200, COLLEAGUE: 200, CHIEF: 200, OTHER: 200, STRANGER: 302, STAFF: 302}
OF_THE_REQUEST = {OWN: 200, COLLEAGUE: 404, CHIEF: 200, OTHER: 404, STRANGER: 302, STAFF: 302}
DONE = dict.fromkeys(EVERYONE, 302)
DONE_ON_IT = {**OF_THE_REQUEST, OWN: 302, CHIEF: 302}
MATRIX = {  # url name -> method, what is sent, who gets what
    "brand_style": ("get", {}, OPEN),
    "brand_logo": ("get", {}, dict.fromkeys(EVERYONE, 404)),  # it has none
    "contact": ("get", {}, OPEN),
    "thanks": ("get", {}, DONE),  # a forged mark leads to the form
    "sign_in": ("get", {}, {**dict.fromkeys(EVERYONE, 302), STRANGER: 200, STAFF: 200}),
    "password": ("post", {"address": "a@b.example", "password": "x"}, dict.fromkeys(EVERYONE, 422)),
    "way_in": ("post", {}, dict.fromkeys(EVERYONE, 410)),
    "requests": ("get", {}, SIGNED_IN),
    "new": ("get", {}, SIGNED_IN),
    "you": ("get", {}, SIGNED_IN),
    "request": ("get", {}, OF_THE_REQUEST),
    "file": ("get", {}, OF_THE_REQUEST),
    "reply": ("post", {"text": "x", "key": "m"}, DONE_ON_IT),
    "solved": ("post", {}, DONE_ON_IT),
    "more": ("post", {}, DONE_ON_IT),
    "leave": ("post", {}, DONE),
}
OTHERS = {"survey", "room"}  # doors of their own: a secret link, tested beside them


@pytest.mark.parametrize("name", MATRIX)
def test_each_page_answers_only_whom_it_may(seeded, enter, name):
    people.change_customer(seeded.rui, by=seeded.greta, now=seeded.now, sees_company=True)
    bea = people.meet(email="bea@acme-outdoor.example", name="Bea", now=seeded.now)
    browsers = {
        OWN: enter(seeded.carla),
        COLLEAGUE: enter(bea),
        CHIEF: enter(seeded.rui),
        OTHER: enter(seeded.mallory),
        STRANGER: Client(),
        STAFF: seeded.signed_in(Client(), seeded.greta),
    }
    method, data, expected = MATRIX[name]
    found = {who: getattr(browser, method)(address(name, seeded), data) for who, browser in browsers.items()}
    assert {who: answer.status_code for who, answer in found.items()} == expected


def address(name, here):
    hers = Attachment.objects.get(name="hers.txt")
    arguments = {
        "brand_style": ["ours"],
        "brand_logo": ["ours"],
        "thanks": ["forged"],
        "way_in": ["forged"],
        "request": [here.ticket.number],
        "file": [here.ticket.number, hers.pk, "hers.txt"],
        "reply": [here.ticket.number],
        "solved": [here.ticket.number],
        "more": [here.ticket.number],
    }
    return reverse(f"portal:{name}", args=arguments.get(name, []))


def test_every_address_of_the_door_is_in_the_table():
    door = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "portal")
    named = {pattern.name for pattern in door.url_patterns}
    assert {name for name in named if name.partition("_")[0] not in OTHERS} == set(MATRIX)


def test_what_changes_something_asks_for_a_token_of_the_page(seeded, enter):
    browser = enter(seeded.carla, enforce_csrf_checks=True)
    for name in ("reply", "solved", "more", "leave"):
        assert browser.post(address(name, seeded), {"text": "x"}).status_code == 403


def test_a_customers_page_is_kept_by_no_cache_on_the_way(seeded, enter):
    answer = enter(seeded.carla).get(f"/my/requests/{seeded.ticket.number}")
    assert "no-store" in answer["Cache-Control"]
    assert not re.search(r"<script", answer.content.decode())
