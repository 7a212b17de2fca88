"""Each customer hears once that their message arrived, in their language (M8)."""

import re
from datetime import timedelta

import pytest

from ombud.features.automation import actions
from ombud.features.automation.models import Acknowledging
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people.actions import meet
from ombud.foundation.post.actions import keep_mailbox
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Enclosed, Said


def plain(letter):
    return letter.message.get_body(["plain"]).get_content()


def html(letter):
    return letter.message.get_body(["html"]).get_content()


def outcome(ticket):
    return Acknowledging.objects.get(ticket=ticket).outcome


def said(cast, customer, **more):
    usual = {"text": "Hola", "subject": "Etiquetas", "from_address": customer.email, "happened_at": cast.now}
    return Said(**{**usual, **more})


def open_ticket(cast, customer, *, by=None, channel="email", **more):
    return tickets.open_ticket(
        said(cast, customer, **more),
        customer=customer,
        channel=channel,
        mailbox=cast.mailbox,
        by=by,
        now=cast.now,
    )


def test_it_says_what_came_who_has_it_and_what_is_next(cast, inbox):
    ticket = cast.writes(cast.carla, subject="Refused customs labels in Cádiz", language="en")
    tickets.assign(ticket, cast.ada, by=cast.ines, now=cast.now)
    [letter] = inbox()
    assert letter.recipients == ["carla@acme-outdoor.example"]
    for words in (plain(letter), html(letter)):
        assert "We have your message, Carla." in words
        assert f"Your number: #{ticket.number}" in words
        assert "Refused customs labels in Cádiz" in words
        assert "Hola, la aduana ha rechazado 38 paquetes." in words
        assert "You get an answer by mail from Ada Lindqvist." in words
        assert "Just reply to this mail to add something." in words


@pytest.mark.parametrize(
    ("language", "heading", "next_words"),
    [
        ("en", "We have your message, Carla.", "answers you by mail."),
        ("es", "Carla, hemos recibido su mensaje.", "le responderá por correo."),
        ("fr", "Carla, nous avons bien reçu votre message.", "vous répondra par courriel."),
        ("zh-hans", "Carla，您的消息我们收到了。", "会通过邮件答复您。"),
        ("zh-CN", "Carla，您的消息我们收到了。", "会通过邮件答复您。"),
    ],
)
def test_it_speaks_the_customer_s_language(cast, inbox, language, heading, next_words):
    cast.writes(cast.carla, language=language)
    [letter] = inbox()
    assert heading in plain(letter)
    assert heading in html(letter)
    assert next_words in plain(letter)
    assert f'<html lang="{language.lower().replace("zh-cn", "zh-hans")}">' in html(letter)


@pytest.mark.parametrize(
    ("written", "customer", "mailbox", "heading"),
    [
        ("pt", "fr", "es", "avons bien reçu"),
        ("", "", "es", "hemos recibido"),
        ("pt", "pt", "", "We have your message"),
    ],
)
def test_a_language_we_do_not_speak_gives_way_to_the_next(cast, inbox, written, customer, mailbox, heading):
    cast.carla.language = customer
    cast.carla.save()
    keep_mailbox(mailbox=cast.mailbox, language=mailbox, by=None, now=cast.now)
    cast.writes(cast.carla, language=written)
    assert heading in plain(inbox()[0])


def test_a_chinese_customer_is_called_by_the_whole_name(cast, inbox):
    cast.writes(cast.chen, text="清关文件被退回。", subject="清关文件")
    assert "陈思远，您的消息我们收到了。" in plain(inbox()[0])


def test_it_waits_ten_seconds_for_a_mail_that_was_overtaken_by_its_answer(cast, inbox):
    second = cast.writes(cast.carla, subject="Re: Etiquetas")
    first = cast.writes(cast.carla)
    assert inbox(seconds=9) == []
    tickets.merge(second, first, by=None, now=cast.now)
    assert len(inbox(seconds=2)) == 1
    assert (outcome(first), outcome(second)) == ("sent", "merged_away")


def test_a_ticket_that_swallowed_an_acknowledged_one_is_not_acknowledged_again(cast, inbox):
    first = cast.writes(cast.carla)
    assert len(inbox()) == 1
    second = cast.writes(cast.carla)
    tickets.merge(first, second, by=None, now=cast.now)
    assert len(inbox()) == 1
    assert outcome(second) == "already"


def test_a_customer_who_writes_on_is_not_acknowledged_again(cast, inbox):
    ticket = cast.writes(cast.carla)
    inbox()
    tickets.receive(
        ticket, said(cast, cast.carla, text="¿Hola?"), customer=cast.carla, channel="email", now=cast.now
    )
    assert len(inbox()) == 1


def test_its_answer_finds_the_ticket_and_no_machine_answers_it(cast, inbox):
    open_ticket(cast, cast.carla, message_id="<first@acme-outdoor.example>")
    message = inbox()[0].message
    assert message["Subject"] == "Re: Etiquetas"
    assert message["In-Reply-To"] == "<first@acme-outdoor.example>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert re.match(r"Parcelline <support\+t\d+\.\w+@desk\.test>", message["Reply-To"])


def test_without_a_mail_to_answer_the_subject_names_the_number(cast, inbox):
    ticket = open_ticket(cast, cast.mallory, channel="web_form")
    assert inbox()[0].message["Subject"] == f"We have your message · #{ticket.number}"


def test_files_that_arrived_are_confirmed(cast, inbox, enclosed):
    open_ticket(cast, cast.mallory, attachments=[enclosed, enclosed])
    assert "With 2 files." in plain(inbox()[0])


@pytest.fixture
def enclosed():
    return Enclosed("label.pdf", "application/pdf", 3, "0" * 64)


def test_a_team_is_named_unless_it_is_private(cast, inbox):
    tickets.set_team(cast.writes(cast.mallory), cast.team("Customs"), by=cast.ines, now=cast.now)
    tickets.set_team(cast.writes(cast.rui), cast.team("Legal", private=True), by=cast.ines, now=cast.now)
    by_customer = {letter.recipients[0]: plain(letter) for letter in inbox()}
    assert "Our team “Customs”" in by_customer["mallory@elsewhere.example"]
    assert "Legal" not in by_customer["rui@acme-outdoor.example"]


def test_no_inside_words_reach_the_customer(cast, inbox):
    ticket = cast.writes(cast.carla, severity="critical", urgency="high", tags=["churn-risk"])
    tickets.note(ticket, by=cast.ada, now=cast.now, text="Another angry one")
    words = plain(inbox()[0]) + html(inbox()[0])
    for inside in ("critical", "high", "P1", "p1", "churn-risk", "angry", "gold"):
        assert inside not in re.sub(r"<style>.*?</style>", "", words, flags=re.S)


def test_words_of_the_customer_stay_words(cast, inbox):
    cast.writes(cast.mallory, text="<script>alert(1)</script>", subject="<b>bold</b>")
    assert "<script>" not in html(inbox()[0])
    assert "&lt;b&gt;bold&lt;/b&gt;" in html(inbox()[0])


class TestNobodyIsWrittenTo:
    def test_who_is_a_machine(self, cast, inbox):
        ticket = open_ticket(cast, cast.carla, auto=True)
        assert (inbox(), outcome(ticket)) == ([], "automatic")

    def test_when_a_person_was_quicker(self, cast, inbox):
        ticket = cast.writes(cast.carla)
        tickets.reply(ticket, by=cast.ada, text="Lo miro.", now=cast.now)
        assert [letter.message["From"] for letter in inbox()] == ["Ada Lindqvist <support@desk.test>"]
        assert outcome(ticket) == "answered"

    def test_without_an_address(self, cast, inbox):
        cast.carla.email = ""
        cast.carla.save()
        ticket = open_ticket(cast, cast.carla, channel="phone")
        assert (inbox(), outcome(ticket)) == ([], "no_address")

    def test_on_whose_behalf_one_of_ours_wrote_it_down(self, cast, inbox):
        open_ticket(cast, cast.carla, by=cast.tomasz, channel="phone")
        assert inbox() == []

    def test_where_the_mailbox_does_not_acknowledge(self, cast, inbox):
        keep_mailbox(mailbox=cast.mailbox, acknowledges=False, by=None, now=cast.now)
        ticket = cast.writes(cast.carla)
        assert (inbox(), outcome(ticket)) == ([], "switched_off")

    def test_about_old_mail(self, cast, inbox):
        ticket = open_ticket(cast, cast.carla, happened_at=cast.now - timedelta(days=4))
        assert (inbox(), outcome(ticket)) == ([], "old")

    def test_at_an_address_of_our_own(self, cast, inbox):
        cast.carla.email = "support+x@desk.test"
        cast.carla.save()
        ticket = cast.writes(cast.carla)
        assert (inbox(), outcome(ticket)) == ([], "our_own")

    def test_more_than_five_times_an_hour(self, cast, inbox):
        for _ticket in range(7):
            cast.writes(cast.carla)
        assert len(inbox()) == 5
        assert Acknowledging.objects.filter(outcome="too_many").count() == 2
        cast.later(hours=2)
        cast.writes(cast.carla)
        assert len(inbox()) == 6


def test_what_a_machine_opened_for_a_customer_through_the_api_is_acknowledged(cast, inbox):
    open_ticket(cast, cast.carla, by=cast.greta, channel="api")
    assert len(inbox()) == 1


def test_many_tickets_are_acknowledged_with_few_questions(cast, inbox, django_assert_max_num_queries):
    for number in range(15):
        cast.writes(meet(email=f"c{number}@firm{number}.example", now=cast.now))
    while work_tray(cast.now):
        pass
    with django_assert_max_num_queries(30):
        assert actions.acknowledge_due(cast.later(seconds=11)) == 15
    assert len({letter.recipients[0] for letter in inbox()}) == 15


def test_one_that_cannot_be_acknowledged_does_not_stop_the_others(cast, inbox, monkeypatch):
    stone = cast.writes(cast.carla, subject="A stone")
    cast.writes(cast.chen)
    told = actions.told

    def stumbles(ticket, *more):
        if ticket == stone:
            raise RuntimeError("of ours")
        return told(ticket, *more)

    monkeypatch.setattr(actions, "told", stumbles)
    assert [letter.recipients for letter in inbox()] == [[cast.chen.email]]
    monkeypatch.undo()
    inbox(hours=2)
    assert outcome(stone) == "sent"
