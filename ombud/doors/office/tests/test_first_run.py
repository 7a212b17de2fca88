"""From an empty desk to the first ticket, step by step."""

import pytest

from ombud.foundation.people.models import Company, Person, Role, Team
from ombud.foundation.post.models import Mailbox

YOU = {"name": "Greta Holm", "email": "Greta@Parcelline.example", "password": "parcels-and-promises"}
DESK = {"name": "Parcelline", "language": "es", "time_zone": "Europe/Amsterdam"}


@pytest.mark.django_db
def test_every_page_of_an_empty_desk_leads_to_the_first_run(client):
    assert client.get("/settings/people/")["Location"] == "/welcome"
    assert client.get("/welcome").status_code == 200


@pytest.mark.mission("M107")
@pytest.mark.django_db
def test_four_steps_make_a_desk_that_works(client):
    assert client.post("/welcome", YOU)["Location"] == "/welcome/company"
    assert client.post("/welcome/company", DESK)["Location"] == "/welcome/mailbox"
    greta = Person.objects.get()
    assert (greta.email, greta.role, greta.language) == ("greta@parcelline.example", Role.ADMINISTRATOR, "es")
    assert list(Team.objects.get().members.all()) == [greta]
    client.post("/welcome/mailbox", {"address": "support@parcelline.example", "name": "Parcelline"})
    mailbox = Mailbox.objects.get()
    assert mailbox.is_default
    assert mailbox.address in client.get("/welcome/done").content.decode()

    visitor = type(client)()
    visitor.post(
        "/contact/",
        {"name": "Carla", "email": "c@acme.example", "subject": "Etiquetas", "text": "No imprime"},
    )
    assert "Etiquetas" in client.get("/welcome/arrived").content.decode()


@pytest.mark.django_db
def test_a_weak_password_is_refused_in_words(client):
    answer = client.post("/welcome", {**YOU, "password": "1234"})
    assert "10" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_password_is_not_readable_in_the_session(client):
    client.post("/welcome", YOU)
    assert YOU["password"] not in str(dict(client.session))


@pytest.mark.django_db
def test_of_two_first_runs_one_wins(client):
    other = type(client)()
    other.post("/welcome", {**YOU, "email": "mallory@elsewhere.example"})
    client.post("/welcome", YOU)
    client.post("/welcome/company", DESK)
    other.post("/welcome/company", DESK)
    assert Company.objects.count() == 1
    assert [person.email for person in Person.objects.all()] == ["greta@parcelline.example"]


def test_a_desk_that_is_open_has_no_first_run(cast, client):
    for page in ("/welcome", "/welcome/company"):
        assert client.get(page)["Location"] == "/"
        assert client.post(page, YOU | DESK)["Location"] == "/"
    assert not Person.objects.filter(email__startswith="greta@").exists()
