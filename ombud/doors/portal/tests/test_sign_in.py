"""Customers come in by a mailed link or a password; nobody learns who is a customer of ours."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from ombud.doors.portal.guard import COOKIE
from ombud.foundation.people import actions as people
from ombud.foundation.people.branding import keep_brand
from ombud.foundation.post.models import Letter
from ombud.foundation.visits import actions as visits
from ombud.foundation.visits.models import Visit
from ombud.foundation.visits.queries import TURNS

WORDS = "barcos-y-etiquetas"


def ask(client, address, **more):
    return client.post("/my/in", {"email": address, **more})


def mailed():
    """The way to the page behind the newest link."""
    return re.search(r"http://[^/]+(/my/in/\S+)", Letter.objects.latest("pk").text).group(1)


@pytest.mark.mission("M1")
def test_a_customer_asks_for_a_link_and_sees_their_request(here, client):
    ticket = here.writes(here.carla)
    ask(client, "Carla@acme-outdoor.example")
    door = client.get(mailed()).content.decode()
    assert "Etiquetas" not in door
    page = client.post(mailed(), follow=True).content.decode()
    assert f"#{ticket.number}" in page
    assert client.cookies[COOKIE]["httponly"]
    assert client.cookies[COOKIE]["samesite"] == "Lax"


def test_a_scanner_that_opens_the_link_does_not_use_it_up(here, client):
    here.writes(here.carla)
    ask(client, here.carla.email)
    for _time in range(3):
        assert Client().get(mailed()).status_code == 200
    assert client.post(mailed())["Location"] == "/my/"
    used = Client().post(mailed())
    assert used.status_code == 410
    assert COOKIE not in used.cookies


def test_the_answer_is_the_same_for_every_address(here, client):
    known, unknown = here.carla.email, "nobody@acme-outdoor.example"
    pages = [ask(Client(), address).content.decode().replace(address, "") for address in (known, unknown)]
    assert _without_tokens(pages[0]) == _without_tokens(pages[1])
    assert [letter.to[0][1] for letter in Letter.objects.all()] == [known]
    wrong = [
        client.post("/my/in/password", {"address": address, "password": "x"})
        .content.decode()
        .replace(address, "")
        for address in (known, unknown)
    ]
    assert _without_tokens(wrong[0]) == _without_tokens(wrong[1])


def _without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_link_leads_to_where_one_wanted_to_go_and_never_elsewhere(here, client):
    ticket = here.writes(here.carla)
    wanted = f"/my/requests/{ticket.number}"
    assert client.get(wanted)["Location"] == f"/my/in?next={wanted.replace('/', '%2F')}"
    ask(client, here.carla.email, next=wanted)
    assert client.post(mailed())["Location"] == wanted
    for address in ("https://elsewhere.example/", "//elsewhere.example/my/", "/settings/", "javascript:x"):
        other = Client()
        ask(other, here.carla.email, next=address)
        path = mailed()
        assert "elsewhere" not in path
        assert other.post(path)["Location"] == "/my/"
        if Letter.objects.count() == visits.MOST_LINKS:
            break


def test_a_password_is_set_and_lets_in_next_time(here, client, enter):
    browser = enter(here.carla)
    assert browser.post("/my/self", {"do": "set", "password": "short"}).status_code == 422
    assert browser.post("/my/self", {"do": "set", "password": WORDS}).status_code == 302
    assert "acme-outdoor" in browser.get("/my/self").content.decode()
    page = client.post("/my/in/password", {"address": here.carla.email, "password": WORDS})
    assert page["Location"] == "/my/"
    browser.post("/my/self", {"do": "drop"})
    assert client.post("/my/in/password", {"address": here.carla.email, "password": WORDS}).status_code == 422


def test_too_many_tries_from_one_place_wait(here, client):
    answers = {
        client.post("/my/in/password", {"address": f"{n}@a.example", "password": "x"}).status_code
        for n in range(31)
    }
    assert answers == {422, 429}


def test_signing_out_everywhere_ends_it_on_every_device(here, enter):
    one, other = enter(here.carla), enter(here.carla)
    one.post("/my/out", {"everywhere": "1"})
    for browser in (one, other):
        assert browser.get("/my/").status_code == 302


def test_the_secret_in_the_cookie_turns_every_day(here, enter):
    browser = enter(here.carla)
    old = browser.cookies[COOKIE].value
    Visit.objects.update(turned_at=timezone.now() - TURNS)
    browser.get("/my/")
    assert browser.cookies[COOKIE].value not in ("", old)
    assert browser.get("/my/").status_code == 200


def test_a_blocked_customer_is_out_at_once(here, enter):
    browser = enter(here.carla)
    people.block(here.carla, by=here.greta, now=here.now)
    assert browser.get("/my/").status_code == 302


def test_a_customer_is_nobody_of_ours(here, enter):
    browser = enter(here.carla)
    for path in ("/inbox/all/", "/settings/me", "/api/v1/tickets"):
        assert browser.get(path).status_code in (302, 401, 403)


def test_one_of_ours_is_no_customer(here, client):
    here.writes(here.carla)
    here.signed_in(client, here.greta)
    assert client.get("/my/")["Location"].startswith("/my/in")


def test_the_link_in_the_mail_stands_under_the_brands_own_address(here, client):
    keep_brand(name="Kistje", address="https://help.kistje.example", by=None, now=here.now)
    here.carla  # noqa: B018  (made when asked for)
    client.post("/my/in", {"email": here.carla.email}, headers={"host": "evil.example"})
    letter = Letter.objects.get()
    assert "https://help.kistje.example/my/in/" in letter.text
    assert "evil.example" not in letter.text + letter.html
    assert letter.from_name == "Kistje"
