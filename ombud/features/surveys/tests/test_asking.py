"""Who is asked, when, and who never is."""

import re
from datetime import timedelta

import pytest

from ombud.features.surveys import actions, who
from ombud.features.surveys.models import Ask
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.models import Event
from ombud.foundation.people import actions as people
from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions as escalations
from ombud.spine.escalations import events as escalation_events
from ombud.spine.escalations.models import Escalation, Stage
from ombud.spine.tickets import actions as tickets

from .conftest import body


@pytest.mark.mission("M88")
def test_a_resolved_ticket_is_asked_about_once_in_the_customers_language(desk):
    desk.survey(delay=3600)
    ticket = desk.resolved()
    desk.later(minutes=59)
    assert desk.mails == []
    desk.later(minutes=2)
    (mail,) = desk.mails
    assert mail["To"].addresses[0].addr_spec == "carla@acme-outdoor.example"
    assert f"#{ticket.number}" in mail["Subject"]
    html = body(mail, "html")
    links = re.findall(r'href="(http://desk\.test/survey/[^"]+)"', html)
    assert [int(link.rpartition("/")[2]) for link in links] == list(range(1, 11))
    assert all(link in body(mail) for link in links)  # in the plain text, too
    desk.later(days=40)
    assert len(desk.mails) == 1


@pytest.mark.mission("M88", "M89", "M90")
@pytest.mark.parametrize(("kind", "numbers"), [("csat", (1, 10)), ("nps", (0, 10)), ("ces", (1, 7))])
def test_each_scale_has_its_own_numbers_and_says_its_direction(desk, kind, numbers):
    desk.survey(kind)
    desk.resolved(desk.cast.mallory)
    desk.later()
    (mail,) = desk.mails
    html = body(mail, "html")
    links = re.findall(r'href="http://desk\.test/survey/[^"/]+/(\d+)"', html)
    assert (int(links[0]), int(links[-1]), len(links)) == (*numbers, numbers[1] - numbers[0] + 1)
    low, high = {
        "csat": ("not at all satisfied", "completely satisfied"),
        "nps": ("not at all likely", "extremely likely"),
        "ces": ("very hard", "very easy"),
    }[kind]
    assert f"{numbers[0]} = {low}, {numbers[1]} = {high}" in body(mail)


def test_nobody_is_asked_more_often_than_a_survey_says_across_all_surveys(desk):
    desk.survey(quiet=30)
    desk.survey("ces", quiet=30)
    desk.resolved()
    desk.later()
    assert sorted(desk.asked()) == [("called_off", "lately"), ("sent", "")]
    desk.resolved(subject="Again")
    desk.later(days=29)
    assert len(desk.mails) == 1
    desk.resolved(subject="And again")
    desk.later(days=2)
    assert len(desk.mails) == 2


def test_the_reminder_comes_once_and_not_after_an_answer(desk):
    desk.survey(remind=3)
    desk.resolved()
    desk.resolved(desk.cast.mallory)
    desk.later()
    first, _second = Ask.objects.order_by("pk")
    actions.answer(first.pk, 9, language="es", now=desk.cast.now)
    desk.later(days=3, hours=1)
    assert [mail["To"].addresses[0].addr_spec for mail in desk.mails][2:] == ["mallory@elsewhere.example"]
    assert desk.mails[2]["Subject"].startswith("A reminder")
    desk.later(days=20)
    assert len(desk.mails) == 3


def test_a_ticket_opened_again_before_it_was_asked_about_is_not_and_when_it_is_over_it_is(desk):
    desk.survey(delay=3600)
    ticket = desk.resolved()
    desk.later(minutes=10)
    tickets.set_status(ticket, "open", by=desk.cast.ada, now=desk.cast.now)
    desk.later(hours=2)
    assert desk.asked() == [("called_off", "reopened")]
    tickets.set_status(ticket, "resolved", by=desk.cast.ada, now=desk.cast.now)
    desk.later(hours=2)
    assert desk.asked() == [("sent", "")]
    assert len(desk.mails) == 1


@pytest.mark.parametrize("why", ["merged", "blocked", "bounced", "spam", "archived", "no_address"])
def test_nobody_is_asked_about_what_was(desk, why):
    cast, survey = desk.cast, desk.survey(delay=3600)
    ticket = desk.resolved()
    desk.later(minutes=1)
    if why == "merged":
        tickets.merge(ticket, cast.writes(cast.carla, subject="Other"), by=cast.ada, now=cast.now)
    elif why == "blocked":
        people.block(cast.carla, by=cast.ada, now=cast.now)
    elif why == "bounced":
        tickets.bounced(ticket.messages.first(), now=cast.now)
    elif why == "spam":
        tickets.tag(ticket, "spam", by=cast.ada, now=cast.now)
    elif why == "archived":
        actions.archive_survey(survey, by=cast.ines, now=cast.now)
    else:
        people.change_customer(cast.carla, email="", by=cast.ada, now=cast.now)
    desk.later(hours=2)
    assert desk.mails == []
    assert desk.asked() == [("called_off", why)]


def test_what_only_a_machine_wrote_is_not_asked_about(desk):
    desk.survey()
    ticket = desk.resolved()
    ticket.messages.update(auto=True)
    desk.later()
    assert desk.asked() == [("called_off", "machine")]


@pytest.mark.mission("M54")
def test_while_an_escalation_is_open_nobody_is_asked_and_afterwards_once_for_all(desk):
    cast = desk.cast
    desk.survey(delay=3600)
    desk.survey("csat", "reviewed", delay=7200)
    escalated = cast.writes(cast.rui, subject="The grave one")
    escalation = escalations.raise_one(
        escalated, reason="impact", by=cast.ines, now=cast.now, manager=cast.emil
    )
    for number in range(3):  # another contact of the same account
        desk.resolved(subject=f"Small {number}")
    desk.resolved(cast.mallory)  # has nothing to do with it
    desk.later(days=3)
    assert [mail["To"].addresses[0].addr_spec for mail in desk.mails] == ["mallory@elsewhere.example"]
    assert desk.asked(customer=cast.carla) == [("waiting", "")] * 3
    escalations.de_escalate(escalation, "It was none.", by=cast.emil, now=cast.now)
    desk.later(hours=2)
    assert desk.asked(customer=cast.carla) == [("called_off", "together")] * 2 + [("sent", "")]
    assert len(desk.mails) == 2


def test_after_a_reviewed_escalation_its_own_question_is_the_one(desk):
    cast = desk.cast
    desk.survey(delay=60)
    desk.survey("csat", "reviewed", delay=7200)
    ticket = cast.writes(cast.carla, subject="The grave one")
    escalation = escalations.raise_one(ticket, reason="impact", by=cast.ines, now=cast.now, manager=cast.emil)
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
    desk.later(days=1)
    review(escalation, cast)
    desk.later(hours=3)
    (mail,) = desk.mails
    assert "aduana" not in mail["Subject"]
    assert desk.asked(escalation=escalation) == [("sent", "")]
    assert desk.asked(escalation=None) == [("called_off", "together")]


def review(escalation, cast):
    """It is over, as far as this room is told."""
    now = cast.now
    Escalation.objects.filter(pk=escalation.pk).update(
        closed_at=now, next_update_at=None, fires_at=None, stage=Stage.REVIEWED
    )
    escalation.involved.update(left_at=now)
    escalation_events.CLOSED.record(case=escalation.case_id, by=cast.emil, now=now, escalation=escalation.pk)


def test_a_sample_is_the_same_for_ever(desk):
    survey = desk.survey(sampling=30)
    drawn = [who.is_drawn(survey, f"ticket:{number}") for number in range(2000)]
    assert drawn == [who.is_drawn(survey, f"ticket:{number}") for number in range(2000)]
    assert 0.26 < sum(drawn) / 2000 < 0.34
    survey.sampling = 60  # a larger sample holds the smaller one
    assert all(who.is_drawn(survey, f"ticket:{n}") for n, was in enumerate(drawn) if was)


def test_what_is_not_in_the_sample_is_not_asked_about(desk):
    survey = desk.survey(sampling=50)
    numbers = [desk.resolved(desk.cast.mallory, subject=str(number)).pk for number in range(12)]
    desk.later()
    expected = {pk for pk in numbers if who.is_drawn(survey, f"ticket:{pk}")}
    assert set(Ask.objects.values_list("ticket", flat=True)) == expected
    assert 0 < len(expected) < 12


def test_conditions_are_those_of_policies_and_teams(desk):
    cast = desk.cast
    team = cast.team("Support", cast.ada)
    desk.survey(conditions={"tiers": ["gold"], "teams": [team.pk]})
    mine, other = desk.resolved(), desk.resolved(cast.mallory)
    tickets.set_team(other, team, by=cast.ada, now=cast.now)
    desk.later()
    assert desk.asked() == []  # Carla's has no team, and Mallory no tier
    again = cast.writes(cast.carla)
    tickets.set_team(again, team, by=cast.ada, now=cast.now)
    tickets.set_status(again, "resolved", by=cast.ada, now=cast.now)
    desk.later()
    assert desk.asked(ticket=again) == [("sent", "")]
    assert mine.pk != again.pk


def test_working_time_counts_the_delay(desk):
    cast = desk.cast
    desk.survey(delay=8 * 3600, calendar=default_calendar())  # nine to five in Amsterdam
    desk.resolved()  # Thursday 14:36 in Amsterdam
    desk.later()
    ask = Ask.objects.get()
    # 2 h 24 min on Thursday, the other 5 h 36 min on Friday from nine: 14:36.
    assert ask.due_at == cast.now.replace(hour=13, minute=36, second=0) + timedelta(days=1)


def test_without_an_address_of_the_desk_the_question_waits(desk):
    cast = desk.cast
    people.found_company(
        name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="", now=cast.now
    )
    desk.survey()
    desk.resolved()
    desk.later()
    assert desk.asked() == [("waiting", "")]
    people.found_company(
        name="Parcelline", language="en", time_zone="Europe/Amsterdam", address="http://d.test", now=cast.now
    )
    desk.later(hours=7)
    assert desk.asked() == [("sent", "")]


def test_a_mail_that_did_not_arrive_is_not_reminded_of(desk):
    desk.survey(remind=3)
    desk.resolved()
    desk.sink.refuse = "550 no such user"
    desk.later()
    assert Letter.objects.get(kind="survey").state == "dead"
    desk.sink.refuse = None
    desk.later(days=5)
    assert desk.asked() == [("called_off", "bounced")]
    assert desk.mails == []


def test_a_reply_to_the_mail_reaches_the_ticket(desk):
    desk.survey()
    ticket = desk.resolved()
    desk.later()
    assert str(ticket.number) in desk.mails[0]["Reply-To"].addresses[0].addr_spec
    assert desk.mails[0]["Auto-Submitted"] == "auto-generated"


def test_the_log_names_nobody(desk):
    desk.survey()
    desk.resolved()
    desk.later()
    actions.answer(Ask.objects.get().pk, 3, "Carla was here", language="es", now=desk.cast.now)
    for event in Event.objects.filter(verb__startswith="survey."):
        assert "Carla" not in str(event.data), event.data
        assert "@" not in str(event.data), event.data
