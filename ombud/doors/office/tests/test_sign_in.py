"""Getting in, being locked out, and setting a password by mail."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ombud.foundation.people import actions as people
from ombud.foundation.post.models import Letter
from tests.cast import PASSWORD

LOGIN = "/account/login/"


def sign_in(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.mission("M74")
def test_a_person_signs_in_with_address_and_password(cast, client):
    assert sign_in(client, cast.ada.email, PASSWORD).status_code == 302
    assert client.get(reverse("office:me")).status_code == 200


def test_a_wrong_password_says_so_and_not_which_part_was_wrong(cast, client):
    for email in (cast.ada.email, "nobody@parcelline.example"):
        page = sign_in(client, email, "wrong-wrong-wrong")
        assert page.status_code == 200
        assert 'role="alert"' in page.content.decode()


@pytest.mark.mission("M74")
def test_ten_wrong_passwords_lock_the_door_for_a_while(cast, client, settings):
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = False
    for _attempt in range(10):
        page = sign_in(client, cast.ada.email, "wrong-wrong-wrong")
    assert page.status_code == 429
    assert "Too many attempts" in page.content.decode()
    assert sign_in(client, cast.ada.email, PASSWORD).status_code == 429


def test_nobody_lets_themselves_in(cast, client):
    page = client.get("/account/signup/").content.decode()
    assert "People are added by an administrator" in page
    assert client.get("/account/email/").status_code == 404


def test_a_forgotten_password_is_set_by_a_mailed_link(cast, client):
    client.post("/account/password/reset/", {"email": cast.ada.email})
    letter = Letter.objects.get()
    assert letter.to == [["", cast.ada.email]]
    link = re.search(r"http://testserver(\S+)", letter.text)[1]
    form = client.get(link, follow=True)
    action = form.redirect_chain[-1][0] if form.redirect_chain else link
    client.post(action, {"password1": "a-brand-new-secret", "password2": "a-brand-new-secret"})
    assert sign_in(client, cast.ada.email, "a-brand-new-secret").status_code == 302


def test_the_link_leads_to_our_own_address_whatever_the_browser_claims(cast, client):
    cast.company.address = "https://support.parcelline.example"
    cast.company.save()
    client.post("/account/password/reset/", {"email": cast.ada.email}, headers={"host": "evil.example"})
    text = Letter.objects.get().text
    assert "https://support.parcelline.example/account/password/reset/" in text
    assert "evil.example" not in text


def test_the_demo_offers_its_people_and_a_real_desk_does_not(cast, client):
    deed = reverse("office:demo_sign_in")
    assert "demo story" not in client.get(LOGIN).content.decode()
    assert client.post(deed, {"person": cast.ada.pk}).status_code == 404
    people.found_company(name="Parcelline", language="en", time_zone="UTC", is_demo=True, now=cast.now)
    assert cast.ada.name in client.get(LOGIN).content.decode()
    assert client.get(deed).status_code == 405
    assert client.post(deed, {"person": cast.ada.pk, "next": "https://evil.example"})["Location"] == "/"
    assert client.get(reverse("office:me")).status_code == 200


def test_the_door_speaks_the_language_that_was_chosen(cast, client):
    client.post("/language", {"language": "zh-hans", "next": LOGIN})
    assert '<html lang="zh-Hans"' in client.get(LOGIN).content.decode()


def test_a_page_that_broke_says_so_without_its_inside(cast, client, monkeypatch):
    client.raise_request_exception = False
    cast.signed_in(client, cast.greta)
    monkeypatch.setattr("ombud.doors.office.views.words.MATRIX", {})
    answer = client.get(reverse("office:matrix"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "A rung broke under this page" in page
    assert "KeyError" not in page


def test_what_is_not_there_is_said_kindly(cast, client):
    cast.signed_in(client, cast.ada)
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "This rung is missing" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(cast):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(LOGIN, {"login": cast.ada.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()
