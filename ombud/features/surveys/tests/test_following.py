"""A bad answer is acted on: somebody owes a word by a time, and knows it."""

from datetime import timedelta

import pytest
from django.test import Client

from ombud.features.surveys import actions
from ombud.features.surveys.links import make_token
from ombud.features.surveys.models import Answer, Ask
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.spine.sla.models import Kind, Promise
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket

from .test_asking import escalations as raising
from .test_asking import review


@pytest.fixture
def answered(desk):
    """Carla's ticket, resolved by Ada and answered with a score; the ticket."""

    def answer(score, words="", language="en", **fields):
        desk.survey(**fields)
        ticket = desk.resolved()
        desk.later()
        actions.answer(Ask.objects.last().pk, score, words, language=language, now=desk.cast.now)
        return Ticket.objects.get(pk=ticket.pk)

    return answer


def words_on(ticket):
    return Promise.objects.filter(ticket=ticket, kind=Kind.WORD)


@pytest.mark.mission("M54")
def test_a_bad_answer_opens_the_ticket_again_with_a_promise_to_its_assignee(answered, desk, client):
    cast = desk.cast
    ticket = answered(2, "Nobody called me back.")
    promise = words_on(ticket).get()
    assert (promise.by, ticket.status) == (cast.ada, "open")
    # Eight working hours from Thursday 14:36 in Amsterdam: Friday 14:36.
    assert promise.due_at == cast.now.replace(second=0) + timedelta(days=1, seconds=cast.now.second)
    assert unread(cast.ada).get(kind="survey_bad").case_id == ticket.case_id
    cast.signed_in(client, cast.ada)
    told = client.get("/notices/").content.decode()
    assert f"Bad answer, 2 of 10, on #{ticket.number}: we come back by" in told
    page = client.get(f"/tickets/{ticket.number}/").content.decode()
    assert "Nobody called me back." in page
    assert "The customer answered: 2 of 10" in page
    assert "We get back to you about your answer, 2 of 10" in page


def test_the_customer_reads_who_gets_back_to_them_and_when(answered, desk, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.cast.now)
    answered(2)
    thanks = Client().get(f"/survey/{make_token(Ask.objects.get())}", headers={"accept-language": "en"})
    assert "Ada Lindqvist" in thanks.content.decode()
    assert "13:36" in thanks.content.decode()  # 14:36 in Amsterdam is 13:36 on the Canaries, where Carla is


def test_a_good_answer_asks_nothing_of_anybody(answered, desk):
    ticket = answered(9)
    assert (ticket.status, words_on(ticket).count()) == ("resolved", 0)
    assert not unread(desk.cast.ada).filter(kind="survey_bad").exists()


def test_an_answer_that_turns_bad_is_followed_up_and_one_that_stays_bad_only_once(answered, desk):
    ticket = answered(9)
    ask = Ask.objects.get()
    for score in (3, 2, 9, 1):
        actions.answer(ask.pk, score, language="en", now=desk.later(minutes=1))
    assert words_on(ticket).count() == 1
    assert unread(desk.cast.ada).filter(kind="survey_bad").count() == 1


def test_without_a_follow_up_its_people_are_told_all_the_same(answered, desk):
    ticket = answered(1, follow_up=None)
    assert (ticket.status, words_on(ticket).count()) == ("resolved", 0)
    assert unread(desk.cast.ada).filter(kind="survey_bad").exists()


def test_who_is_away_does_not_owe_it(desk):
    cast = desk.cast
    desk.survey()
    ticket = desk.resolved()
    desk.later()
    later = cast.now + timedelta(days=9)
    people.plan_absence(
        cast.ada, starts_at=cast.now, ends_at=later, deputy=cast.lin, by=cast.ines, now=cast.now
    )
    actions.answer(Ask.objects.get().pk, 1, language="en", now=cast.now)
    assert words_on(ticket).get().by == cast.lin


def test_the_answer_about_an_escalation_stands_on_its_page_and_its_manager_knows(desk, client):
    cast = desk.cast
    desk.survey("csat", "reviewed")
    ticket = cast.writes(cast.carla)
    escalation = raising.raise_one(ticket, reason="impact", by=cast.ines, now=cast.now, manager=cast.emil)
    review(escalation, cast)
    desk.later()
    actions.answer(Ask.objects.get().pk, 2, "Too late.", language="en", now=cast.now)
    page = cast.signed_in(client, cast.emil).get(f"/escalations/{escalation}/").content.decode()
    assert "Too late." in page
    assert "The customer answered: 2 of 10" in page
    assert unread(cast.emil).filter(kind="survey_bad").exists()
    assert words_on(ticket).exists()


@pytest.mark.mission("M89")
def test_a_detractor_becomes_a_ticket_of_their_own(desk, client):
    cast = desk.cast
    assert cast.ines
    desk.survey("nps", "round")
    desk.resolved()
    desk.later()
    actions.answer(Ask.objects.get().pk, 4, "Prices.", language="en", now=cast.now)
    ticket = Ticket.objects.latest("number")
    page = cast.signed_in(client, cast.ines).get(f"/tickets/{ticket.number}/").content.decode()
    assert "Prices." in page
    assert ticket.customer == cast.carla
    assert words_on(ticket).exists()
    assert Answer.objects.get().ticket == ticket


def test_nobody_who_may_not_see_a_private_teams_ticket_is_told(desk):
    cast = desk.cast
    private = cast.team("Legal", cast.noor, private=True)
    desk.survey()
    ticket = cast.writes(cast.carla)
    tickets.set_team(ticket, private, by=cast.noor, now=cast.now)
    tickets.set_status(ticket, "resolved", by=cast.noor, now=cast.now)
    assert cast.ines
    desk.later()
    actions.answer(Ask.objects.get().pk, 1, language="en", now=cast.now)
    assert not unread(cast.ines).filter(kind="survey_bad").exists()
    assert unread(cast.noor).filter(kind="survey_bad").exists()
