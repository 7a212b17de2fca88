"""What a customer does with their requests: follows, answers, closes and opens them again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.features.channels import actions as channels
from ombud.foundation.events.models import Event
from ombud.foundation.notifications.models import Notice
from ombud.foundation.people import actions as people
from ombud.foundation.people.branding import keep_brand
from ombud.foundation.post.actions import keep_mailbox
from ombud.spine.sla import actions as sla
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message, Status, Ticket


def reply(browser, ticket, text="Sigue igual.", **more):
    return browser.post(
        f"/my/requests/{ticket.number}/reply", {"text": text, "key": "k", **more}, follow=True
    )


@pytest.fixture
def promised(here):
    """A desk that promises."""
    sla.begin_with_standard(by=here.greta, now=here.now)
    people.change_customer(here.carla, by=None, now=here.now, language="en")
    return here


@pytest.mark.mission("M11", "M14")
def test_the_customer_reads_by_when_they_hear_from_us_on_their_own_clock(promised, enter):
    ticket = promised.writes(promised.carla)
    tickets.assign(ticket, promised.ada, by=promised.ines, now=promised.now)
    due_at = promised.now + timedelta(hours=60)
    Promise.objects.filter(ticket=ticket, kind="first_reply").update(due_at=due_at)
    page = enter(promised.carla).get(f"/my/requests/{ticket.number}").content.decode()
    assert (
        f"You hear from us by {due_at + timedelta(hours=0):%A %H:%M}" in page
    )  # Las Palmas keeps UTC's time
    assert "Ada Lindqvist" in page
    assert "Las Palmas" in page


@pytest.mark.mission("M11")
def test_what_is_late_is_said_as_one_person_says_it_to_another(promised, enter):
    ticket = promised.writes(promised.carla)
    Promise.objects.filter(ticket=ticket).update(due_at=promised.now - timedelta(minutes=12))
    page = enter(promised.carla).get(f"/my/requests/{ticket.number}").content.decode()
    assert "We are late: you should have heard from us by" in page
    for inside in ("SLA", "broken", "Broken", "P3", "breach", "waiting for customer", "Waiting for customer"):
        assert inside not in page


def test_a_brand_may_leave_names_out(promised, enter):
    keep_brand(name="Parcelline", names_person=False, by=None, now=promised.now)
    ticket = promised.writes(promised.carla)
    tickets.assign(ticket, promised.ada, by=promised.ines, now=promised.now)
    tickets.reply(ticket, by=promised.ada, text="We look.", now=promised.now, hold=timedelta(0))
    page = enter(promised.carla).get(f"/my/requests/{ticket.number}").content.decode()
    assert "Our support team" in page
    assert "We look." in page
    assert "Ada" not in page


@pytest.mark.mission("M1")
def test_an_answer_goes_the_way_of_a_mail(here, enter):
    ticket = here.writes(here.carla)
    tickets.assign(ticket, here.ada, by=here.ines, now=here.now)
    tickets.set_status(ticket, Status.WAITING, by=here.ada, now=here.now)
    files = [SimpleUploadedFile("rechazos.csv", b"one", "text/csv")]
    page = reply(enter(here.carla), ticket, files=files).content.decode()
    message = Message.objects.latest("pk")
    assert (message.kind, message.channel, message.text) == ("received", "portal", "Sigue igual.")
    assert (message.by_customer, message.ticket) == (here.carla, ticket)
    assert "Sigue igual." in page
    assert "rechazos.csv" in page
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert Event.objects.filter(case=ticket.case_id, verb="ticket.received").exists()


def test_the_same_answer_sent_twice_is_one(here, enter):
    ticket, browser = here.writes(here.carla), enter(here.carla)
    reply(browser, ticket)
    reply(browser, ticket)
    assert ticket.messages.count() == 2


def test_nothing_is_lost_when_the_words_are_missing(here, enter):
    ticket = here.writes(here.carla)
    answer = reply(enter(here.carla), ticket, text=" ")
    assert answer.status_code == 422
    assert "aria-invalid" in answer.content.decode()


def test_while_the_portal_is_closed_to_writing_it_says_how_else(here, enter):
    ticket = here.writes(here.carla)
    channels.switch("portal", False, by=here.greta, now=here.now)
    people.change_customer(here.carla, by=None, now=here.now, language="en")
    page = reply(enter(here.carla), ticket, text="Nothing of this is lost").content.decode()
    assert "Please write to us by mail" in page
    assert "Nothing of this is lost" in page


def test_a_new_request_gets_a_number_at_once(here, enter):
    form = {"subject": "Albaranes", "text": "No salen.", "severity": "high", "key": "n"}
    page = enter(here.carla).post("/my/new", form, follow=True).content.decode()
    ticket = Ticket.objects.get()
    assert f"#{ticket.number}" in page
    assert (ticket.channel, ticket.severity, ticket.customer) == ("portal", "high", here.carla)


def test_a_customer_says_that_it_is_solved_and_its_holder_is_told(here, enter, client):
    ticket, browser = here.writes(here.carla), enter(here.carla)
    tickets.assign(ticket, here.ada, by=here.ines, now=here.now)
    browser.post(f"/my/requests/{ticket.number}/solved")
    ticket.refresh_from_db()
    assert ticket.status == Status.RESOLVED
    assert Notice.objects.filter(person=here.ada, kind="called_solved").exists()
    assert ticket.subject in browser.get("/my/?show=solved").content.decode()
    assert ticket.subject not in browser.get("/my/").content.decode()
    here.signed_in(client, here.ada)
    inside = client.get(f"/tickets/{ticket.number}/").content.decode()
    assert "<strong>Carla Benítez</strong> says that it is solved" in inside
    reply(browser, ticket)
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert Event.objects.filter(case=ticket.case_id, verb="ticket.reopened").exists()


def test_a_contact_who_may_follows_the_companys_requests_and_a_colleague_does_not(here, enter):
    ticket = here.writes(here.carla)
    assert "Etiquetas" not in enter(here.rui).get("/my/?of=company").content.decode()
    people.change_customer(here.rui, by=here.greta, now=here.now, sees_company=True)
    browser = enter(here.rui)
    assert "Etiquetas" not in browser.get("/my/").content.decode()
    assert "Etiquetas" in browser.get("/my/?of=company").content.decode()
    reply(browser, ticket, text="Soy Rui.")
    assert Message.objects.latest("pk").by_customer == here.rui


def test_a_reply_that_can_still_be_taken_back_is_not_shown(here, enter):
    ticket, browser = here.writes(here.carla), enter(here.carla)
    message = tickets.reply(ticket, by=here.ada, text="A slip of the pen", now=here.now)
    assert "A slip of the pen" not in browser.get(f"/my/requests/{ticket.number}").content.decode()
    message.letter.due_at = here.now - timedelta(seconds=1)
    message.letter.save()
    assert "A slip of the pen" in browser.get(f"/my/requests/{ticket.number}").content.decode()


def test_the_page_of_a_merged_request_is_that_of_the_one_it_went_into(here, enter):
    one, other = here.writes(here.carla), here.writes(here.carla, text="Otra vez", subject="Otra")
    tickets.merge(other, one, by=here.ada, now=here.now)
    assert f"#{one.number}" in enter(here.carla).get(f"/my/requests/{other.number}").content.decode()


@pytest.mark.mission("M19")
def test_from_their_request_a_customer_finds_the_way_to_somebody_higher(here, enter):
    ticket, browser = here.writes(here.carla), enter(here.carla)
    people.change_customer(here.carla, by=None, now=here.now, language="en")
    assert "ask for somebody higher" in browser.get(f"/my/requests/{ticket.number}").content.decode()
    room = browser.post(f"/my/requests/{ticket.number}/more", follow=True)
    assert room.request["PATH_INFO"].startswith("/c/")
    assert room.status_code == 200
    keep_brand(name="Parcelline", way_up=False, by=None, now=here.now)
    assert "somebody higher" not in browser.get(f"/my/requests/{ticket.number}").content.decode()


def test_a_page_asks_the_database_as_often_for_many_requests_as_for_few(promised, enter):
    browser, asked = enter(promised.carla), []
    for many in (2, 28):
        for number in range(many):
            promised.writes(promised.carla, subject=f"{number}")
        with CaptureQueriesContext(connection) as questions:
            browser.get("/my/")
        asked.append(len(questions))
    assert asked[0] == asked[1] <= 12, [question["sql"] for question in questions]


def test_a_request_carries_the_brand_of_its_mailbox_until_it_is_out_of_use(here, enter):
    keep_brand(name="Parcelline", by=None, now=here.now)
    kistje = keep_brand(name="Kistje", by=None, now=here.now)
    keep_mailbox(mailbox=here.mailbox, brand=kistje, by=None, now=here.now)
    path, browser = f"/my/requests/{here.writes(here.carla).number}", enter(here.carla)
    assert "/brand/kistje.css" in browser.get(path).content.decode()
    assert "/brand/parcelline.css" in browser.get("/my/").content.decode()
    keep_brand(brand=kistje, archived_at=here.now, by=None, now=here.now)
    assert "/brand/kistje.css" not in browser.get(path).content.decode()
