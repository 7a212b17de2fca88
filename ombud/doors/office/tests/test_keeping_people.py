"""People, teams, absences."""

import pytest
from django.urls import reverse

from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Absence, Person, Role, Team
from ombud.foundation.post.models import Letter

NEW = {"name": "Claire Bonnet", "email": "Claire@parcelline.example", "role": Role.ASSOCIATE}


@pytest.fixture
def greta(cast, client):
    cast.signed_in(client, cast.greta)
    return cast


def post(client, deed, *args, **given):
    return client.post(reverse(f"office:{deed}", args=args), given)


@pytest.mark.mission("M84")
def test_a_lead_gives_people_their_role_and_their_teams(cast, client):
    team = cast.team("Escalations")
    cast.signed_in(client, cast.ines)
    given = {"name": cast.ada.name, "email": cast.ada.email}
    post(client, "person", cast.ada.pk, **given, role=Role.ENGINEER, teams=[team.pk])
    page = client.get(reverse("office:people")).content.decode()
    row = page.partition("Ada Lindqvist")[2].partition("</tr>")[0]
    assert "Support engineer" in row
    assert "Escalations" in row


@pytest.mark.mission("M84")
def test_a_mailbox_is_given_to_a_team_whose_page_says_so(greta, client):
    team = greta.team("Billing", greta.ada)
    given = {"address": "billing@desk.test", "team": team.pk}
    client.post(reverse("office:mailbox_new"), given, follow=True)
    assert "billing@desk.test" in client.get(reverse("office:team", args=[team.pk])).content.decode()


@pytest.mark.mission("M74")
def test_a_new_colleague_gets_a_link_to_set_a_password(greta, client):
    team = greta.team("Support")
    post(client, "person_new", **NEW, teams=[team.pk])
    claire = Person.objects.get(email="claire@parcelline.example")
    assert list(claire.teams.all()) == [team]
    assert "/account/password/reset/" in Letter.objects.get(to=[["", claire.email]]).text


def test_the_link_is_in_their_own_language(greta, client):
    post(client, "person_new", **NEW, language="fr")
    assert '<html lang="fr"' in Letter.objects.get().html


def test_an_address_is_given_once(greta, client):
    page = post(client, "person_new", **{**NEW, "email": greta.ada.email})
    assert page.status_code == 422
    assert "Somebody has this address already." in page.content.decode()


@pytest.mark.mission("M74")
def test_a_lead_cannot_make_an_administrator_nor_touch_one(cast, client):
    cast.signed_in(client, cast.ines)
    people.add_person(email="second@parcelline.example", name="Second", role=Role.ADMINISTRATOR, now=cast.now)
    assert cast.greta
    assert post(client, "person_new", **{**NEW, "role": Role.ADMINISTRATOR}).status_code == 422
    assert Person.objects.filter(role=Role.ADMINISTRATOR).count() == 2
    for deed in ("person_access", "person_link"):
        assert post(client, deed, cast.greta.pk).status_code == 404
    assert post(client, "person_password", cast.greta.pk, password="stolen-by-a-lead").status_code == 404
    page = post(client, "person", cast.greta.pk, name="Greta", email=cast.greta.email, role=Role.ASSOCIATE)
    assert page.status_code == 422
    assert Person.objects.get(pk=cast.greta.pk).role == Role.ADMINISTRATOR


def test_somebody_remains_administrator(greta, client):
    page = post(client, "person", greta.greta.pk, name="Greta", email=greta.greta.email, role=Role.HEAD)
    assert "Somebody must remain administrator" in page.content.decode()
    post(client, "person_access", greta.greta.pk)
    assert Person.objects.get(pk=greta.greta.pk).is_active


def test_ended_access_is_ended_at_once_and_can_be_given_back(greta, client):
    there = greta.signed_in(type(client)(), greta.ada)
    post(client, "person_access", greta.ada.pk)
    assert there.get(reverse("office:me")).status_code == 302
    post(client, "person_access", greta.ada.pk)
    assert Person.objects.get(pk=greta.ada.pk).is_active


def test_a_password_can_be_set_for_somebody_but_no_weak_one(greta, client):
    assert post(client, "person_password", greta.ada.pk, password="short").status_code == 422
    post(client, "person_password", greta.ada.pk, password="quite-a-long-secret")
    assert Person.objects.get(pk=greta.ada.pk).check_password("quite-a-long-secret")


def test_an_absence_is_planned_with_who_stands_in_and_taken_back(greta, client):
    given = {"starts_at": "2036-12-24T09:00", "ends_at": "2036-12-27T09:00", "deputy": greta.lin.pk}
    post(client, "absence_new", greta.ada.pk, **given)
    absence = Absence.objects.get()
    assert absence.deputy == greta.lin
    page = client.get(reverse("office:person", args=[greta.ada.pk])).content.decode()
    assert "林晓雯 stands in" in page
    post(client, "absence_end", greta.ada.pk, absence.pk)
    assert not Absence.objects.exists()


def test_an_absence_ends_after_it_begins(greta, client):
    page = post(client, "absence_new", greta.ada.pk, starts_at="2036-12-24T09:00", ends_at="2036-12-23T09:00")
    assert page.status_code == 422
    assert "The end comes after the beginning." in page.content.decode()


def test_a_team_has_members_and_leads(greta, client):
    post(client, "team_new", name="Escalations", members=[greta.ada.pk], leads=[greta.emil.pk], private="on")
    team = Team.objects.get(name="Escalations")
    assert set(team.members.all()) == {greta.ada, greta.emil}
    assert [seat.person for seat in team.membership_set.filter(is_lead=True)] == [greta.emil]
    assert post(client, "team_new", name="escalations").status_code == 422


def test_the_table_of_roles_shows_what_each_may_do(greta, client):
    page = client.get(reverse("office:roles")).content.decode()
    assert "Executive sponsor" in page
    assert "Overrule the priority" in page


def test_everybody_sets_their_own_things_but_not_their_role(cast, client):
    cast.signed_in(client, cast.ada)
    post(
        client,
        "me",
        name="Ada L.",
        language="es",
        time_zone="Europe/Madrid",
        signature="Ada",
        role="administrator",
    )
    ada = Person.objects.get(pk=cast.ada.pk)
    assert (ada.name, ada.language, ada.time_zone, ada.role) == (
        "Ada L.",
        "es",
        "Europe/Madrid",
        Role.ASSOCIATE,
    )
    assert post(client, "me", name="Ada", time_zone="Mars/Olympus").status_code == 422
