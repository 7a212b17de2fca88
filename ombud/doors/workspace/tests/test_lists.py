"""The inbox: who stands where, and who sees what."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.doors.workspace import inbox
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.actions import keep_view
from ombud.spine.tickets.said import Said

pytestmark = pytest.mark.django_db


def numbers(page):
    return [int(n) for n in re.findall(r'id="row-(\d+)"', page)]


def test_the_front_leads_to_the_inbox(cast, client):
    cast.signed_in(client, cast.ada)
    assert client.get("/").headers["Location"] == "/inbox/"


@pytest.mark.mission("M2")
def test_every_channel_lands_in_the_one_inbox(cast, desk):
    mail, told = cast.writes(cast.carla), Said(text="Llamó.", subject="Por teléfono", happened_at=cast.now)
    call = actions.open_ticket(told, customer=cast.rui, channel="phone", by=cast.sofia, now=cast.now)
    form = actions.open_ticket(told, customer=cast.chen, channel="web_form", now=cast.now)
    page = desk(cast.ada).get("/inbox/nobody/")
    assert set(numbers(page)) == {mail.number, call.number, form.number}
    assert "#i-phone" in page and "#i-globe" in page


def test_a_stranger_is_asked_to_sign_in(cast, client):
    ticket = cast.writes(cast.carla)
    for path in ("/inbox/", f"/tickets/{ticket.number}/", "/search/?q=a", "/palette/?q=a", "/live/token/"):
        assert "/account/login/" in client.get(path).headers["Location"]


def test_whoever_waits_longest_stands_first(cast, desk):
    first = cast.writes(cast.carla)
    cast.later(hours=1)
    second = cast.writes(cast.chen)
    cast.later(hours=1)
    answered = cast.writes(cast.rui)
    actions.reply(answered, by=cast.ada, text="Ya está.", now=cast.later(minutes=1))
    page = desk(cast.ada).get("/inbox/all/")
    assert numbers(page) == [first.number, second.number, answered.number]
    assert "Waiting for customer" in page


def test_each_view_keeps_its_own(cast, desk):
    support = cast.team("Support", cast.ada)
    mine, nobodys, teams = (
        cast.writes(cast.carla),
        cast.writes(cast.chen),
        cast.writes(cast.rui, team=support),
    )
    actions.assign(mine, cast.ada, by=cast.ines, now=cast.now)
    actions.assign(teams, cast.lin, by=cast.ines, now=cast.now)
    ada = desk(cast.ada)
    assert numbers(ada.get("/inbox/mine/")) == [mine.number]
    assert numbers(ada.get("/inbox/nobody/")) == [nobodys.number]
    assert numbers(ada.get("/inbox/team/")) == [teams.number]
    assert numbers(ada.get("/inbox/oldest/")) == [nobodys.number]
    actions.set_status(teams, "resolved", by=cast.lin, now=cast.now)
    assert numbers(ada.get("/inbox/done/")) == [teams.number]
    assert teams.number not in numbers(ada.get("/inbox/all/"))


def test_a_sleeping_ticket_is_only_among_the_snoozed(cast, desk):
    ticket = cast.writes(cast.carla)
    actions.snooze(ticket, cast.now.replace(year=2099), by=cast.ada, now=cast.now)
    ada = desk(cast.ada)
    assert numbers(ada.get("/inbox/all/")) == []
    assert numbers(ada.get("/inbox/snoozed/")) == [ticket.number]


@pytest.mark.mission("M12")
def test_every_list_names_the_oldest_one_that_nobody_touched(cast, desk):
    oldest = cast.writes(cast.carla)
    cast.later(hours=3)
    touched = cast.writes(cast.chen)
    actions.assign(touched, cast.ada, by=cast.ada, now=cast.now)
    for view in ("mine", "all", "done"):
        assert f"#{oldest.number} ·" in desk(cast.ada).get(f"/inbox/{view}/")
    actions.note(oldest, by=cast.lin, text="Looking.", now=cast.later(minutes=1))
    assert "Every ticket has been touched" in desk(cast.ada).get("/inbox/mine/")


def test_pages_follow_one_another_without_a_gap_or_a_repeat(cast):
    wanted = []
    for minute in range(7):
        ticket = cast.writes(cast.carla)
        if minute % 3 == 2:
            actions.reply(ticket, by=cast.ada, text="Hecho.", now=cast.now)
        wanted.append(ticket.number)
        cast.later(minutes=1)
    visible, seen, cursor = queries.visible_to(cast.ada), [], ""
    while cursor is not None:
        rows, cursor = inbox.page(visible, inbox.UNDONE, cursor, size=2)
        seen += [ticket.number for _part, ticket in rows]
    assert sorted(seen) == wanted
    assert len(seen) == len(wanted)


def test_a_false_cursor_shows_the_first_page(cast, desk):
    ticket = cast.writes(cast.carla)
    for cursor in ("x", "waits~no~1", "waits~2026-01-01T00:00:00+00:00~x", "~~"):
        assert numbers(desk(cast.ada).get("/inbox/all/", cursor=cursor)) == [ticket.number]


def test_a_filter_narrows_a_list_and_is_kept_as_a_view(cast, desk):
    spanish, chinese = cast.writes(cast.carla), cast.writes(cast.chen)
    actions.tag(chinese, "customs", by=cast.lin, now=cast.now)
    lin = desk(cast.lin)
    assert numbers(lin.get("/inbox/all/", language="es")) == [spanish.number]
    assert numbers(lin.get("/inbox/all/", tag="customs")) == [chinese.number]
    assert numbers(lin.get("/inbox/all/", tier="gold")) == [spanish.number]
    answer = lin.post("/saved-views/", view="all", tag="customs", name="Customs", shared="on")
    assert numbers(desk(cast.ada).get(answer.headers["Location"])) == [chinese.number]


def test_a_view_of_ones_own_is_nobody_elses(cast, desk):
    view = keep_view(by=cast.lin, name="Mine alone", filters={"tag": "x"}, owner=cast.lin)
    desk(cast.lin).get(f"/inbox/saved-{view.pk}/")
    desk(cast.ada).get(f"/inbox/saved-{view.pk}/", expect=404)
    desk(cast.ada).post(f"/saved-views/{view.pk}/remove/", expect=404)


def test_sharing_a_view_needs_the_right_to(cast, desk):
    desk(cast.ada).post("/saved-views/", expect=403, view="all", name="For all", shared="on")


def test_a_private_team_keeps_its_tickets_to_itself(cast, desk):
    secret = cast.team("Legal", cast.noor, private=True)
    ticket = cast.writes(cast.carla, team=secret, subject="Asunto legal")
    assert "Asunto legal" in desk(cast.noor).get("/inbox/all/")
    ada = desk(cast.ada)
    assert "Asunto legal" not in ada.get("/inbox/all/")
    ada.get(f"/tickets/{ticket.number}/", expect=404)
    ada.get(f"/inbox/all/{ticket.number}/", expect=404)
    assert "Asunto legal" not in ada.get("/search/", q="legal")
    assert "Asunto legal" not in ada.get("/palette/", q="legal")


def test_a_light_role_sees_its_accounts_and_no_others(cast, desk):
    acme, elsewhere = cast.writes(cast.carla), cast.writes(cast.mallory)
    tomasz = desk(cast.tomasz)
    assert numbers(tomasz.get("/inbox/all/")) == [acme.number]
    tomasz.get(f"/tickets/{acme.number}/")
    tomasz.get(f"/tickets/{elsewhere.number}/", expect=404)


def test_a_merged_number_leads_to_its_survivor(cast, desk):
    gone, stays = cast.writes(cast.carla), cast.writes(cast.carla)
    actions.merge(gone, stays, by=cast.ada, now=cast.now)
    ada = desk(cast.ada)
    answer = ada.client.get(f"/tickets/{gone.number}/")
    assert answer.headers["Location"] == f"/inbox/all/{stays.number}/"
    assert numbers(ada.get("/inbox/all/")) == [stays.number]


def test_a_list_asks_a_fixed_number_of_questions(cast, desk):
    ada = desk(cast.ada)
    for _ in range(3):
        cast.writes(cast.carla)
    ada.get("/inbox/all/")
    few = asked(ada, "/inbox/all/")
    for _ in range(12):
        cast.writes(cast.chen)
    assert asked(ada, "/inbox/all/") == few
    assert few <= 14


def test_a_ticket_asks_a_fixed_number_of_questions(cast, desk):
    ticket, ada = cast.writes(cast.carla), desk(cast.ada)
    actions.note(ticket, by=cast.lin, text="Hm.", now=cast.now)
    path = f"/inbox/all/{ticket.number}/?part=ticket"
    ada.get(path)
    few = asked(ada, path)
    for _ in range(10):
        actions.note(ticket, by=cast.lin, text="Hm.", now=cast.now)
        actions.reply(ticket, by=cast.ada, text="Ya.", now=cast.now)
    assert asked(ada, path) <= few + 1  # the names of those who acted
    assert few <= 9
    assert asked(ada, f"/inbox/all/{ticket.number}/") <= 20, "with the list beside it"


def test_counts_of_a_list_are_exact_and_a_person_in_no_team_has_none_there(cast, desk):
    for _ in range(3):
        cast.writes(cast.carla)
    mine = cast.writes(cast.chen)
    actions.assign(mine, cast.ada, by=cast.ines, now=cast.now)
    page = desk(cast.ada).get("/inbox/all/")
    shown = dict(re.findall(r'href="/inbox/(\w+)/"[^>]*>[^<]*<span class="number">(\d+)</span>', page))
    assert shown == {"mine": "1", "nobody": "3", "all": "4"}


def asked(desk, path):
    with CaptureQueriesContext(connection) as captured:
        desk.get(path)
    return len(captured)
