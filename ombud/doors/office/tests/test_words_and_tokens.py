"""Tags, quick replies, views, tokens, the log, the company and the demo."""

import pytest
from django.urls import reverse

from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Company, Token
from ombud.foundation.people.queries import hash_of
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import QuickReply, SavedView, Tag


@pytest.fixture
def greta(cast, client):
    cast.signed_in(client, cast.greta)
    return cast


def post(client, deed, *args, **given):
    return client.post(reverse(f"office:{deed}", args=args), given)


def see(client, page, *args, **query):
    return client.get(reverse(f"office:{page}", args=args), query).content.decode()


def test_a_tag_is_merged_into_another_on_every_ticket(greta, client):
    one, two = greta.writes(greta.carla), greta.writes(greta.rui)
    tickets.set_tags(one, ["custom", "customs"], by=greta.greta, now=greta.now)
    tickets.tag(two, "custom", by=greta.greta, now=greta.now)
    old, new = Tag.objects.get(name="custom"), Tag.objects.get(name="customs")
    post(client, "tag_merge", old.pk, into=new.pk)
    assert [ticket.tags.get().name for ticket in (one, two)] == ["customs", "customs"]
    assert Tag.objects.get(pk=old.pk).archived_at


def test_a_tag_gets_a_name_once(greta, client):
    post(client, "tags", name="Customs ", meaning="What customs do")
    assert "What customs do" in see(client, "tags")
    assert post(client, "tags", name="CUSTOMS").status_code == 422


def test_a_quick_reply_is_everybodys_and_its_html_is_clean(greta, client):
    html = "<div>Hello {first_name}<script>alert(1)</script></div>"
    post(client, "reply_new", name="Hello", whose="all", words="", words_html=html)
    reply = QuickReply.objects.get()
    assert (reply.owner, reply.team) == (None, None)
    assert "script" not in reply.html
    assert "{first_name}" in reply.html


def test_without_a_script_plain_words_are_enough(greta, client):
    post(client, "reply_new", name="Hello", whose="me", words="Hello\n\nYours <3")
    reply = QuickReply.objects.get()
    assert reply.owner == greta.greta
    assert "&lt;3" in reply.html


def test_who_may_not_share_keeps_quick_replies_for_themselves(cast, client):
    shared = tickets.keep_quick_reply(by=cast.greta, name="Shared", html="<p>S</p>")
    cast.signed_in(client, cast.ada)
    assert post(client, "reply_new", name="Mine", whose="all", words="x").status_code == 422
    post(client, "reply_new", name="Mine", whose="me", words="x")
    assert QuickReply.objects.get(name="Mine").owner == cast.ada
    assert post(client, "reply", shared.pk, name="Stolen", whose="me", words="x").status_code == 403
    assert "Shared" in see(client, "replies")


def test_a_saved_view_is_shared_with_everybody(greta, client):
    view = tickets.keep_view(by=greta.greta, owner=greta.greta, name="Customs today")
    post(client, "view_share", view.pk)
    greta.signed_in(client, greta.ada)
    assert "Customs today" in see(client, "views")
    assert client.post(reverse("office:view_remove", args=[view.pk])).status_code == 403
    greta.signed_in(client, greta.greta)
    post(client, "view_remove", view.pk)
    assert not SavedView.objects.exists()


@pytest.mark.mission("M10")
def test_the_matrix_is_there_for_everybody_to_see(cast, client):
    cast.signed_in(client, cast.sofia)
    page = see(client, "matrix")
    assert page.count('data-priority="p1"') == 4
    assert "overruling it with a reason" in page


def test_a_token_is_shown_once_and_works_until_it_is_revoked(greta, client):
    page = post(client, "tokens", name="Shop").content.decode()
    secret = page.partition('value="omb_')[2].partition('"')[0]
    token = Token.objects.get()
    assert token.hash == hash_of(f"omb_{secret}")
    assert secret not in see(client, "tokens")
    assert token.hash not in see(client, "tokens")
    headers = {"authorization": f"Bearer omb_{secret}"}
    machine = type(client)()
    assert machine.get("/api/v1/tickets", headers=headers).status_code == 200
    post(client, "token_revoke", token.pk)
    assert machine.get("/api/v1/tickets", headers=headers).status_code == 401


def test_the_log_says_who_did_what_to_a_ticket(greta, client):
    ticket, other = greta.writes(greta.carla), greta.writes(greta.rui)
    tickets.assign(ticket, greta.ada, by=greta.ines, now=greta.now)
    page = see(client, "log", ticket=ticket.number)
    assert "A person got the ticket, or nobody." in page
    assert "nobody → Ada Lindqvist" in page
    assert "Inés Ferrer" in page
    assert f"#{other.number}" not in page
    assert "There is no ticket with this number." in see(client, "log", ticket="999999")


def test_the_company_is_changed_and_what_is_wrong_is_said(greta, client):
    given = {"name": "Parcelline B.V.", "language": "fr", "time_zone": "Europe/Amsterdam", "currency": "EUR"}
    post(client, "company", **given)
    assert Company.ours().name == "Parcelline B.V."
    assert post(client, "company", **{**given, "currency": "euro"}).status_code == 422


def test_a_real_desk_cannot_be_thrown_away(greta, client):
    assert "This desk is real" in see(client, "demo")
    assert post(client, "demo_act", "remove").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_demo_story_is_removed_and_the_first_run_comes(greta, client):
    people.found_company(name="Parcelline", language="en", time_zone="UTC", is_demo=True, now=greta.now)
    post(client, "demo_act", "remove")
    assert Company.ours() is None
    assert client.get("/settings/")["Location"] == "/welcome"


def test_about_says_what_this_is(greta, client):
    page = see(client, "about")
    assert "AGPL-3.0-or-later" in page
    assert greta.greta.password not in page
