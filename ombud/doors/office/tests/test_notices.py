"""How one wishes to be told: the page, the mail that comes of it, and where its link leads."""

import re

import pytest
from django.urls import reverse

from ombud.foundation.notice_mail.actions import mail_due
from ombud.foundation.notifications.models import Notice
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.foundation.post import actions as post
from ombud.foundation.post.delivery import send_due
from ombud.spine.tickets import actions as tickets

LINK = re.compile(r"https://support\.parcelline\.example(/told/\d+)")


@pytest.fixture
def desk(cast, smtp_sink):
    """A desk with an address and a real mail server behind its mailbox."""
    people.found_company(
        name="Parcelline",
        language="en",
        time_zone="Europe/Amsterdam",
        address="https://support.parcelline.example",
        now=cast.now,
    )
    server = {"smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port, "smtp_security": "none"}
    post.keep_mailbox(mailbox=cast.mailbox, by=None, now=cast.now, **server)
    return cast


def choose(client, *kinds, **more):
    return client.post(reverse("office:notice_ways"), {"by_mail": kinds, **more}, follow=True)


def mention_ada(desk, ticket=None):
    ticket = ticket or desk.writes(desk.carla)
    tickets.note(ticket, by=desk.ines, text="Please look", mentions=[desk.ada], now=desk.now)
    return ticket


def after_a_minute(desk):
    now = desk.later(minutes=1)
    while mail_due(now) or send_due(now):
        pass


def test_who_never_chose_is_told_on_the_desk_only(desk, smtp_sink):
    mention_ada(desk)
    after_a_minute(desk)
    assert unread(desk.ada).count() == 1
    assert smtp_sink.letters == []


def test_who_wishes_a_mail_gets_one_that_leads_to_the_ticket(desk, client, smtp_sink):
    desk.signed_in(client, desk.ada)
    page = choose(client, "mentioned").content.decode()
    assert re.search(r'value="mentioned" checked', page)
    assert not re.search(r'value="assigned" checked', page)
    ticket = mention_ada(desk)
    after_a_minute(desk)
    [letter] = smtp_sink.wait_for(1)
    assert letter.recipients == ["ada@parcelline.example"]
    assert letter.message["Subject"] == f"Inés Ferrer mentioned you · #{ticket.number} Etiquetas"
    words = letter.message.get_body(["plain"]).get_content()
    assert "Please look" not in words, "what was written inside stays inside"
    answer = client.get(LINK.search(words)[1])
    assert answer["Location"] == reverse("workspace:ticket", args=[ticket.number])
    assert unread(desk.ada).count() == 0


def test_two_notices_about_one_ticket_are_one_thread_in_a_mail_program(desk, client, smtp_sink):
    desk.signed_in(client, desk.ada)
    choose(client, "mentioned")
    mention_ada(desk, mention_ada(desk))
    after_a_minute(desk)
    one, two = smtp_sink.wait_for(2)
    assert one.message["References"] == two.message["References"]
    assert one.message["Message-ID"] != two.message["Message-ID"]


def test_opening_the_ticket_within_the_minute_is_enough(desk, client, smtp_sink):
    desk.signed_in(client, desk.ada)
    choose(client, "mentioned")
    ticket = mention_ada(desk)
    client.get(reverse("workspace:ticket", args=[ticket.number]))
    after_a_minute(desk)
    assert smtp_sink.letters == []


def test_a_ticket_that_moved_out_of_sight_is_not_named(desk, client, smtp_sink):
    desk.signed_in(client, desk.ada)
    choose(client, "mentioned")
    ticket = mention_ada(desk)
    tickets.set_team(ticket, desk.team("Secret", desk.noor, private=True), by=desk.noor, now=desk.now)
    after_a_minute(desk)
    assert smtp_sink.letters == []


def test_the_customer_hears_of_no_notice(desk, client, smtp_sink):
    desk.signed_in(client, desk.ada)
    choose(client, "mentioned", "assigned")
    ticket = mention_ada(desk)
    tickets.assign(ticket, desk.ada, by=desk.ines, now=desk.now)
    after_a_minute(desk)
    assert {who for letter in smtp_sink.wait_for(2) for who in letter.recipients} == {desk.ada.email}
    assert not ticket.case.letters.exists(), "it is no part of the ticket's history"


def test_somebody_elses_notice_is_not_there(desk, client):
    mention_ada(desk)
    desk.signed_in(client, desk.noor)
    notice = Notice.objects.get()
    assert client.get(reverse("office:notice", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_kind_that_nobody_declares_is_refused(desk, client):
    desk.signed_in(client, desk.ada)
    assert choose(client, "invented").status_code == 422


def test_choosing_stands_in_the_log(desk, client):
    desk.signed_in(client, desk.greta)
    choose(client, "mentioned", while_away="on")
    page = client.get(reverse("office:log")).content.decode()
    assert "A person chose which notices also come by mail." in page
