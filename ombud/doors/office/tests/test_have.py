"""“I have it” in a mail: it says what burns, and only its button takes it on."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from ombud.foundation.people import actions as people
from ombud.foundation.post import actions as post
from ombud.foundation.post.delivery import send_due
from ombud.spine.ladders import actions, tokens
from ombud.spine.ladders.models import Climb, State
from ombud.spine.tickets import actions as tickets

LINK = re.compile(r"https://support\.parcelline\.example(/have/\S+)")
RUNGS = [
    {"whom": {"kind": "role", "of": "lead"}, "by": ["mail"]},
    {"whom": {"kind": "role", "of": "head"}, "after": 900, "by": ["mail"]},
]


@pytest.fixture
def called(cast, smtp_sink, monkeypatch):
    """Somebody asked for help on a ticket; Inés got a real mail. `link` is what it leads to."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)
    people.found_company(
        name="Parcelline",
        language="en",
        time_zone="Europe/Amsterdam",
        address="https://support.parcelline.example",
        now=cast.now,
    )
    server = {"smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port, "smtp_security": "none"}
    post.keep_mailbox(mailbox=cast.mailbox, by=None, now=cast.now, **server)
    assert cast.ines and cast.noor
    draft = {"starts": [{"on": "by_hand"}], "rungs": RUNGS}
    ladder = actions.keep_ladder(name="Help", draft=draft, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    cast.ticket = cast.writes(cast.carla, text="Nobody outside may read this.")
    cast.climb = actions.climb_now(cast.ticket, by=cast.ada, now=cast.now)
    send_due(cast.now)
    [letter] = smtp_sink.wait_for(1)
    assert letter.recipients == ["ines@parcelline.example"]
    cast.link = LINK.search(letter.message.get_body(["plain"]).get_content())[1]
    return cast


def read(client, link, status=200):
    answer = client.get(link, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def press(client, link, **said):
    answer = client.post(link, said, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def climb():
    return Climb.objects.select_related("held_by").get()


@pytest.mark.mission("M25")
def test_who_presses_the_button_has_it_without_signing_in(called, client):
    page = read(client, called.link)
    assert "A colleague asks for you" in page
    assert f"#{called.ticket.number}" in page
    assert "Acme Outdoor" in page
    assert "Inés Ferrer" in page
    assert "Noor van Dijk" in page
    page = press(client, called.link)
    assert "You have it" in page
    assert "Nobody else is told" in page
    assert climb().held_by == called.ines


def test_who_scans_links_acknowledges_nothing(called, client):
    for ask in (client.get, client.head, client.options):
        ask(called.link)
    read(client, called.link)
    assert climb().state == State.CLIMBING


def test_nothing_that_was_said_stands_on_it(called, client):
    page = read(client, called.link)
    assert "Nobody outside may read this" not in page
    assert "carla@" not in page


def test_it_is_kept_by_nobody_and_found_by_nobody(called, client):
    answer = client.get(called.link)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_it_needs_no_cookie(called):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(called.link).status_code == 302
    assert climb().held_by == called.ines


@pytest.mark.mission("M25")
def test_who_comes_second_is_told_who_has_it(called, client):
    actions.acknowledge(called.climb, by=called.emil, now=called.now)
    page = read(client, called.link)
    assert "Emil Okafor has it" in page
    assert "Thank you" in page
    assert "<form" not in page.partition("have-card")[2]
    press(client, called.link)
    assert climb().held_by == called.emil


def test_over_is_over(called, client):
    tickets.set_status(called.ticket, "resolved", by=called.ada, now=called.now)
    assert "It is over" in read(client, called.link)
    press(client, called.link)
    assert climb().state == State.ENDED


def test_who_cannot_after_all_lets_the_next_know(called, client, smtp_sink):
    press(client, called.link)
    press(client, called.link, do="let_go")
    assert climb().rung == 2
    send_due(called.now)
    assert smtp_sink.wait_for(2)[1].recipients == ["noor@parcelline.example"]


def test_a_false_link_leads_nowhere(called, client):
    assert "leads nowhere" in read(client, called.link[:-3] + "abc", 404)
    assert client.post(called.link[:-3] + "abc").status_code == 404
    assert climb().state == State.CLIMBING


def test_an_old_link_is_out_of_date(called, client, monkeypatch):
    late = signing.time.time() + (tokens.LIFE + timedelta(hours=1)).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert "out of date" in read(client, called.link, 410)


def test_who_left_takes_nothing_on(called, client):
    people.change_person(called.ines, is_active=False, by=called.greta, now=called.now)
    assert "does not work any more" in read(client, called.link, 410)
    assert client.post(called.link).status_code == 410
    assert climb().state == State.CLIMBING


def test_it_speaks_its_readers_language(called, client):
    people.change_person(called.ines, language="es", by=None, now=called.now)
    assert 'lang="es"' in read(client, called.link)


def test_somebody_else_who_is_signed_in_takes_it_in_their_own_name(called, client):
    called.signed_in(client, called.emil)
    page = read(client, called.link)
    assert "This mail was for Inés Ferrer. You are signed in as Emil Okafor." in page
    press(client, called.link, **{"as": "me"})
    assert climb().held_by == called.emil


def test_or_in_the_name_of_whom_it_was_for(called, client):
    called.signed_in(client, called.emil)
    press(client, called.link)
    assert climb().held_by == called.ines


def test_somebody_else_cannot_take_what_they_may_not_see(called, client):
    called.signed_in(client, called.jun)
    assert "as Jun" not in read(client, called.link).replace("signed in as Jun", "")
    press(client, called.link, **{"as": "me"})
    assert climb().held_by == called.ines


def test_in_a_session_another_site_cannot_press(called):
    strict = called.signed_in(Client(enforce_csrf_checks=True), called.emil)
    assert strict.post(called.link, {"as": "me"}).status_code == 403
    assert climb().state == State.CLIMBING
