"""Writing ladders in the settings, without a script; and what is refused, on the rung that it concerns."""

import re

import pytest
from django.urls import reverse

from ombud.foundation.clock.queries import default_calendar
from ombud.spine.ladders import actions, queries
from ombud.spine.ladders.models import Ladder
from ombud.spine.ladders.usual import usual_ladders


@pytest.fixture
def ines(cast, client):
    """Inés writes ladders. There are a head, an escalation manager and an associate."""
    assert cast.noor and cast.emil and cast.ada
    return cast.signed_in(client, cast.ines)


@pytest.fixture
def ladder(cast, ines):
    """Live: who holds the ticket, who leads its team, the head."""
    name, draft = usual_ladders()[-1]
    ladder = actions.keep_ladder(name=name, draft=draft, by=cast.ines, now=cast.now)
    actions.publish(ladder, by=cast.ines, now=cast.now)
    return ladder


INPUT = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'(\w[\w-]*)(?:="([^"]*)")?')
SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.DOTALL)


def fields(page):
    """What a browser without scripts would send of the editor's form, as it came."""
    form = page.partition('<form id="ladder"')[2].partition("</form>")[0]
    form = re.sub(r"<noscript>.*?</noscript>", "", form, flags=re.DOTALL)
    given = {}
    for tag in INPUT.findall(form):
        said = dict(ATTRIBUTE.findall(tag))
        checks = said.get("type") in ("checkbox", "radio")
        if "name" in said and (not checks or "checked" in said):
            given.setdefault(said["name"], []).append(said.get("value", ""))
    for select in SELECT.finditer(form):
        chosen = re.search(r'<option value="([^"]*)" selected', select[0])
        given[select[1]] = [chosen[1] if chosen else ""]
    return given


def edit(client, path, do="save", **changes):
    """Open the page, change fields, press a button; the page that comes of it."""
    given = fields(client.get(path).content.decode()) | {"do": do}
    for name, value in changes.items():
        given[name.replace("__", "-")] = value
    return client.post(path, given, follow=True)


def page_of(ladder):
    return reverse("office:ladder", args=[ladder.pk])


def whom(ladder):
    ladder.refresh_from_db()
    return [rung["whom"].get("of", rung["whom"]["kind"]) for rung in ladder.draft["rungs"]]


@pytest.mark.mission("M26")
def test_a_new_ladder_is_written_and_switched_on(cast, ines):
    path = reverse("office:ladder_new")
    answer = edit(ines, path, "publish", **{"name": "Night", "rung-1-after": "20 min"})
    assert "Night is switched on as version 1." in answer.content.decode()
    [live] = queries.ladders()
    assert (live.name, live.version.plan["rungs"][1]["after"]) == ("Night", 1200)


def test_a_saved_draft_changes_nothing_yet(ines, ladder):
    page = edit(ines, page_of(ladder), **{"rung-1-after": "40 min"}).content.decode()
    assert "nothing changes until it is switched on" in page
    assert "was 15 min" in page, "and what differs from the live version is marked"
    ladder.refresh_from_db()
    assert (ladder.draft["rungs"][1]["after"], ladder.version.plan["rungs"][1]["after"]) == (2400, 900)
    ines.post(reverse("office:ladder_discard", args=[ladder.pk]))
    ladder.refresh_from_db()
    assert ladder.draft == ladder.version.plan


def test_what_was_not_touched_stays_as_it_was(ines, ladder):
    edit(ines, page_of(ladder))
    page = ines.get(page_of(ladder)).content.decode()
    assert "was " not in page.partition("ladder-left")[2].partition("ladder-right")[0]


def test_rungs_are_added_moved_and_taken_away(ines, ladder):
    path = page_of(ladder)
    edit(ines, path, "add")
    assert whom(ladder) == ["holder", "leads", "head", "lead"]
    edit(ines, path, "down-4")
    assert whom(ladder) == ["holder", "leads", "lead", "head"]
    edit(ines, path, "remove-2")
    assert whom(ladder) == ["holder", "lead", "head"]
    edit(ines, path, "up-1")
    assert whom(ladder) == ["lead", "holder", "head"]


def test_a_button_keeps_what_was_written_beside_it(ines, ladder):
    edit(ines, page_of(ladder), "add", **{"rung-2-after": "1 h"})
    ladder.refresh_from_db()
    assert [rung["after"] for rung in ladder.draft["rungs"]] == [0, 900, 3600, 1800]


def test_everybody_can_stand_on_a_rung(cast, ines, ladder):
    team = cast.team("Support", cast.ada)
    page = ines.get(page_of(ladder)).content.decode()
    kinds = {f"{kind}:{team.pk}" for kind in ("team", "duty", "turn")}
    for value in {"holder", "leads", "seat:csm", "role:head", f"person:{cast.ada.pk}"} | kinds:
        assert f'<option value="{value}"' in page
    edit(ines, page_of(ladder), **{"rung-1-whom": f"duty:{team.pk}"})
    ladder.refresh_from_db()
    assert ladder.draft["rungs"][1]["whom"] == {"kind": "duty", "of": team.pk}


def test_a_time_may_count_in_a_working_calendar(cast, ines, ladder):
    calendar = default_calendar()
    changes = {"rung-1-after": "1 day", "rung-1-calendar": str(calendar.pk)}
    edit(ines, page_of(ladder), **changes)
    ladder.refresh_from_db()
    rung = ladder.draft["rungs"][1]
    assert (rung["after"], rung["calendar"]) == (8 * 3600, calendar.pk)


@pytest.mark.mission("M26")
def test_it_is_not_switched_on_while_somebody_could_fall_between_the_rungs(ines, ladder):
    edit(ines, page_of(ladder), "remove-3")
    page = edit(ines, page_of(ladder), "publish", **{"rung-1-whom": "holder"}).content.decode()
    assert "It is not switched on" in page
    second = page.partition('id="rung-2"')[2].partition('id="rung-1"')[0]
    assert "it is the last and depends on the ticket" in second.lower()
    assert "loop" in second
    assert 'data-state="unreachable"' in page
    ladder.refresh_from_db()
    assert ladder.version.number == 1


def test_what_was_not_understood_is_said_at_its_field_and_nothing_is_saved(ines, ladder):
    answer = edit(ines, page_of(ladder), **{"rung-1-after": "soon", "rung-2-repeat": "often"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Write it like 15 min, 4 h or 1 day.") == 2
    assert 'value="soon"' in page
    ladder.refresh_from_db()
    assert ladder.draft == ladder.version.plan


def test_nobody_is_told_in_no_way(ines, ladder):
    answer = edit(ines, page_of(ladder), **{"rung-1-by": []})
    assert answer.status_code == 422
    assert "Say how they are told." in answer.content.decode()


def test_it_begins_for_some_tickets_only(ines, ladder):
    edit(ines, page_of(ladder), **{"start-0-of-tiers": ["gold"], "start-0-kinds": ["first_reply"]})
    ladder.refresh_from_db()
    start = ladder.draft["starts"][0]
    assert (start["kinds"], start["conditions"]) == (["first_reply"], {"tiers": ["gold"]})
    page = ines.get(page_of(ladder)).content.decode()
    assert "A promise is broken: First reply" in page
    edit(ines, page_of(ladder), "unstart-1")
    edit(ines, page_of(ladder), "start", **{"start-0-on": "near"})
    ladder.refresh_from_db()
    assert [one["on"] for one in ladder.draft["starts"]] == ["near", "broken"]


def test_patience_by_priority(cast, ines, ladder):
    edit(ines, page_of(ladder), **{"p1_time": "10 min"})
    ladder.refresh_from_db()
    assert ladder.draft["patience"]["p1"] == {"seconds": 600}


def test_the_list_says_what_is_live_and_what_begins_it(cast, ines, ladder):
    actions.keep_ladder(name="Half", draft={"starts": [], "rungs": []}, by=cast.ines, now=cast.now)
    page = ines.get(reverse("office:ladders")).content.decode()
    assert page.index("Broken promises") < page.index("Half")
    assert "A promise is broken" in page
    assert "Live, version 1" in page
    assert "Never switched on" in page
    assert "Who holds the ticket" in page


def test_their_order_can_be_changed_and_they_can_be_put_aside(cast, ines, ladder):
    other = actions.keep_ladder(name="Other", draft={}, by=cast.ines, now=cast.now)
    ines.post(reverse("office:ladder_move", args=[other.pk, "up"]))
    assert [one.name for one in Ladder.objects.all()] == ["Other", "Broken promises"]
    ines.post(reverse("office:ladder_archive", args=[ladder.pk]))
    assert queries.ladders() == []
    ines.post(reverse("office:ladder_archive", args=[ladder.pk]))
    assert queries.ladders() == [ladder]


def test_versions_say_what_changed(ines, ladder):
    edit(ines, page_of(ladder), "publish", **{"rung-1-after": "40 min"})
    page = ines.get(reverse("office:ladder_versions", args=[ladder.pk])).content.decode()
    assert "Version 2" in page
    assert re.search(r"Rung 2.*15 min.*40 min", page, re.DOTALL)
    assert "switched on by Inés Ferrer" in page


def test_who_may_only_look_reads_it_in_words(cast, ladder, client):
    cast.signed_in(client, cast.ada)
    page = client.get(page_of(ladder)).content.decode()
    assert "Head of support" in page
    assert "<form id" not in page
    assert client.post(page_of(ladder), {"name": "Mine"}).status_code == 403


@pytest.mark.mission("M26")
def test_a_new_desk_begins_with_ladders_in_its_language(client, db):
    you = {"name": "Lucía", "email": "lucia@norte.example", "password": "mercado de abastos 9"}
    client.post(reverse("office:welcome"), you)
    desk = {"name": "Norte", "language": "es", "time_zone": "Europe/Madrid"}
    client.post(reverse("office:welcome_company"), desk)
    assert Ladder.objects.count() == 4
    live = queries.ladders()
    assert [rung["whom"]["kind"] for rung in live[-1].version.plan["rungs"]] == ["holder", "leads", "role"]
