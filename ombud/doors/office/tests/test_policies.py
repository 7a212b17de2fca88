"""SLA policies in the settings: looking, writing, ordering, comparing, asking which one holds."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.people import actions as people
from ombud.spine.sla import actions, queries
from ombud.spine.sla.actions.rechecking import recheck_due
from ombud.spine.sla.models import Kind, Policy, Promise
from ombud.spine.tickets import actions as tickets

HOUR = 3600
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
PRIORITIES = ("p1", "p2", "p3", "p4")


@pytest.fixture
def ines(cast, client):
    cast.signed_in(client, cast.ines)
    return cast


@pytest.fixture
def madrid(cast):
    """Eight hours a day with lunch, Monday to Friday."""
    plan = {
        "timezone": "Europe/Madrid",
        "hours": {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in WORKDAYS},
    }
    return clock.keep_calendar(name="Madrid support", plan=plan, by=None, now=cast.now)


def see(client, page, *args, **query):
    return client.get(reverse(f"office:{page}", args=args), query).content.decode()


def words(page):
    """What a reader sees of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def written(calendar=None, **given):
    """What a browser sends of the editor: a first reply for P3, everything by one calendar."""
    sent = {"name": "Gold", "p3_first_reply": "4 h", "pauses": ["waiting"], "pause_limit": "3 days"}
    for priority in PRIORITIES:
        sent |= {f"{priority}_calendar": str(calendar.pk) if calendar else "", f"{priority}_first": "same"}
    return sent | warnings({"percent": "75", "to": "holder", "by": "product"}) | given


def warnings(*rows):
    sent = {"warnings-TOTAL_FORMS": str(len(rows)), "warnings-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows):
        sent |= {f"warnings-{index}-{name}": value for name, value in row.items()}
    return sent


def save(client, row=None, calendar=None, **given):
    address = reverse("office:policy", args=[row.pk]) if row else reverse("office:policy_new")
    return client.post(address, written(calendar, **given), follow=True)


def kept(name="Gold"):
    return Policy.objects.get(name=name)


def target(policy, priority="p3", kind="first_reply"):
    return policy.version.terms["targets"][priority][kind]


def keep(cast, name, conditions=None, seconds=HOUR, calendar=None):
    terms = {"targets": {"p3": {"first_reply": {"seconds": seconds, "calendar": calendar}}}}
    return actions.keep_policy(name=name, conditions=conditions or {}, terms=terms, by=None, now=cast.now)


def test_a_desk_without_policies_shows_the_first_step(ines, client):
    assert "Nothing is promised yet" in see(client, "policies")
    assert 'value="30 min"' in see(client, "policy_new")  # sensible times to begin with


@pytest.mark.mission("M13")
def test_gold_accounts_are_promised_more_than_others(ines, client, madrid):
    save(client, calendar=madrid, tiers=["gold", "platinum"])
    save(client, calendar=madrid, name="Standard", p3_first_reply="2 days")
    page = words(see(client, "policies"))
    assert re.search(r"Gold Tier Gold or Platinum .* First reply – – 4 h –", page)
    assert re.search(r"Standard everybody .* First reply – – 2 d –", page)
    ines.writes(ines.carla)  # of Acme, gold
    ines.writes(ines.mallory)  # of nobody
    assert list(Promise.objects.order_by("id").values_list("seconds", flat=True)) == [4 * HOUR, 16 * HOUR]


@pytest.mark.mission("M13")
def test_each_priority_has_targets_of_its_own(ines, client):
    save(client, p1_first_reply="30 min", p1_resolution="12 h", p2_first_reply="1 h", p2_update="each day")
    page = see(client, "policy", kept().pk)
    for shown in ("30 min", "12 h", "1 h", "1 d", "4 h"):
        assert f'value="{shown}"' in page


@pytest.mark.parametrize(
    ("typed", "hours"), [("30 min", 0.5), ("4h30", 4.5), ("2 days", 16), ("1 d 4 h", 12), ("1 semana", 40)]
)
def test_times_are_typed_as_one_writes_them(ines, client, madrid, typed, hours):
    save(client, calendar=madrid, p3_first_reply=typed)
    assert target(kept())["seconds"] == hours * HOUR


def test_around_the_clock_a_day_has_24_hours(ines, client):
    save(client, p3_first_reply="2 days")
    assert target(kept()) == {"seconds": 48 * HOUR, "written": "2d"}


def test_the_page_says_how_long_its_days_are(ines, client, madrid):
    save(client, calendar=madrid, p3_resolution="2 days")
    page = see(client, "policy", kept().pk)
    assert 'value="2 d"' in page
    assert "= 16 h" in page


def test_a_reader_of_chinese_writes_and_reads_chinese(ines, client, madrid):
    people.change_person(ines.ines, language="zh-hans", by=ines.ines, now=ines.now)
    save(client, calendar=madrid, p3_resolution="2 天", p3_update="4 小时 30 分")
    assert target(kept(), kind="resolution")["seconds"] == 16 * HOUR
    page = see(client, "policy", kept().pk)
    assert 'value="2 天"' in page
    assert 'value="4 小时 30 分"' in page


def test_the_first_reply_may_be_counted_otherwise(ines, client, madrid):
    save(client, calendar=madrid, p3_first="", p3_resolution="2 days")
    assert "calendar" not in target(kept())
    assert target(kept(), kind="resolution")["calendar"] == madrid.pk
    ines.signed_in(client, ines.ada)
    assert "Madrid support; first reply: every hour" in see(client, "policy", kept().pk)


def test_what_is_not_understood_is_said_beside_it_and_nothing_is_lost(ines, client, madrid):
    answer = save(client, calendar=madrid, p3_first_reply="soon", p1_resolution="3000 days", tiers=["gold"])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="soon"' in page
    assert re.search(r'id="means-p3_first_reply">.*Write it like 30 min', page)
    assert re.search(r'id="means-p1_resolution">.*Between a minute and a year', page)
    assert re.search(r'value="gold" checked', page)
    assert not Policy.objects.exists()


def test_something_must_be_promised(ines, client):
    answer = save(client, p3_first_reply="")
    assert "at least one target" in answer.content.decode()


def test_a_name_is_taken_once(ines, client):
    save(client)
    assert "Another policy has this name." in save(client, name="gold").content.decode()


def test_saving_makes_the_next_version_and_says_which(ines, client):
    assert "Gold is saved as version 1." in save(client).content.decode()
    assert "Save as version 2" in see(client, "policy", kept().pk)
    assert "Gold is saved as version 2." in save(client, kept(), p3_first_reply="2 h").content.decode()


def test_versions_are_compared_line_by_line(ines, client, madrid):
    save(client, calendar=madrid, p3_first_reply="2 days")
    save(client, kept(), calendar=madrid, p3_first_reply="1 d", pause_limit="")
    save(client, kept(), calendar=madrid, p3_first_reply="4 h", pause_limit="")
    last = words(see(client, "policy_compare", kept().pk))
    assert "First reply, P3 1 d, Madrid support 4 h, Madrid support" in last
    assert "Longest pause" not in last
    whole = words(see(client, "policy_compare", kept().pk, **{"from": 1}))
    assert "First reply, P3 2 d, Madrid support 4 h, Madrid support" in whole
    assert "Longest pause 3 d as long as it takes" in whole


def test_what_would_change_is_shown_before_it_is_saved(ines, client):
    save(client)
    address = reverse("office:policy_draft", args=[kept().pk])
    answer = words(client.post(address, written(p3_first_reply="2 h")).content.decode())
    assert "First reply, P3 4 h, every hour 2 h, every hour" in answer
    assert kept().version.number == 1


def test_running_tickets_keep_their_version_unless_it_is_for_them_too(ines, client):
    save(client)
    ines.now = timezone.now()
    ticket = ines.writes(ines.carla)
    save(client, kept(), p3_first_reply="2 h")
    recheck_due(timezone.now())
    assert Promise.objects.get(ticket=ticket).seconds == 4 * HOUR
    save(client, kept(), p3_first_reply="1 h", for_running="on")
    recheck_due(timezone.now())
    assert Promise.objects.get(ticket=ticket).seconds == HOUR


def test_warnings_are_written_added_and_taken_away(ines, client):
    rows = (
        {"percent": "100", "to": "leads", "by": "digest"},
        {"percent": "50", "to": "holder", "by": "mail"},
        {"percent": "75", "to": "holder", "by": "product", "DELETE": "on"},
        {"percent": "", "to": "holder", "by": "product"},
    )
    save(client, **warnings(*rows))
    assert kept().version.terms["warnings"] == [
        {"percent": 50, "to": "holder", "by": "mail"},
        {"percent": 100, "to": "leads", "by": "digest"},
    ]
    ines.signed_in(client, ines.ada)
    page = words(see(client, "policy", kept().pk))
    assert "at 50 %: whoever holds the ticket, by mail" in page
    assert "when it is broken: the leads of its team, in a digest by mail" in page


def test_policies_are_moved_up_and_down_without_a_script(ines, client):
    first, second = keep(ines, "Mails", {"channels": ["email"]}), keep(ines, "Gold", {"tiers": ["gold"]})
    client.post(reverse("office:policy_move", args=[second.pk, "up"]))
    assert [row.name for row in queries.policies()] == ["Gold", "Mails"]
    client.post(reverse("office:policy_move", args=[second.pk, "down"]))
    assert [row.name for row in queries.policies()] == ["Mails", "Gold"]
    assert client.post(reverse("office:policy_move", args=[first.pk, "away"])).status_code == 404


def test_a_policy_that_can_never_hold_says_so(ines, client):
    keep(ines, "All mails", {"channels": ["email"]})
    keep(ines, "Gold by mail", {"channels": ["email"], "tiers": ["gold"]})
    assert "It never holds: “All mails” before it takes all" in words(see(client, "policies"))


def test_the_list_counts_accounts_and_what_runs(ines, client):
    save(client, tiers=["gold"])
    ines.writes(ines.carla)
    page = words(see(client, "policies"))
    assert "1 account · 1 promise running" in page
    assert "changed by Inés Ferrer" in page


def test_a_policy_out_of_use_promises_nothing_and_comes_back(ines, client):
    policy = keep(ines, "Gold")
    client.post(reverse("office:policy_archive", args=[policy.pk]))
    assert "Out of use" in see(client, "policies")
    ines.writes(ines.carla)
    assert not Promise.objects.exists()
    client.post(reverse("office:policy_archive", args=[policy.pk]))
    assert [row.name for row in queries.policies()] == ["Gold"]


@pytest.mark.mission("M13")
def test_it_is_told_which_policy_a_ticket_gets_and_why_not_the_others(ines, client, madrid):
    keep(ines, "Gold", {"tiers": ["gold", "platinum"], "tags": ["vip"]})
    keep(ines, "Chinese desk", {"languages": ["zh"]})
    keep(ines, "Standard", calendar=madrid.pk)
    asked = {"tier": "silver", "language": "es", "at": "2026-11-19T16:30"}
    page = words(see(client, "policy_which", **asked))
    assert "Gold Tier Silver, not Gold or Platinum; no tag vip" in page
    assert "Chinese desk Language Spanish, not Chinese" in page
    assert "Standard holds for everybody" in page
    # 17:30 on a Thursday in Madrid: half an hour is left, the other half is counted on Friday.
    assert "First reply 1 h · Madrid support" in page
    assert "Fri 20 Nov, 09:30" in page


def test_a_ticket_is_asked_about_by_its_number(ines, client):
    keep(ines, "Gold", {"tiers": ["gold"]})
    keep(ines, "Standard")
    ticket = ines.writes(ines.mallory)
    tickets.tag(ticket, "customs", by=ines.greta, now=ines.now)
    page = words(see(client, "policy_which", number=f"#{ticket.number}"))
    assert "Gold Tier unknown, not Gold" in page
    assert "Tag customs" in page
    assert "There is no ticket with this number." in see(client, "policy_which", number="99")


def test_a_ticket_that_is_not_theirs_is_not_there(ines, client):
    keep(ines, "Standard")
    ticket = ines.writes(ines.carla)
    ines.signed_in(client, ines.jun)
    assert "There is no ticket with this number." in see(client, "policy_which", number=ticket.number)


def test_a_promised_time_is_counted_line_by_line(ines, client, madrid):
    asked = {"count-calendar": madrid.pk, "count-start": "2026-11-19T16:40", "count-span": "1 d"}
    page = words(see(client, "policy_counted", **asked))
    assert "Due: Fri 20 Nov, 16:40" in page
    assert "lunch or another break" in page


def test_a_new_policy_counts_by_the_default_calendar(ines, client):
    page = see(client, "policy_new")
    assert default_calendar().name in words(page)
    assert f'<option value="{default_calendar().pk}" selected>' in page


def test_who_may_only_look_sees_words_and_no_fields(cast, client):
    policy = keep(cast, "Gold", {"tiers": ["gold"]})
    cast.signed_in(client, cast.ada)
    page = see(client, "policy", policy.pk)
    assert "Tier" in page
    assert "Save as version" not in page
    assert save(client, policy).status_code == 403


def test_a_promise_of_every_kind_has_a_column(ines, client):
    page = words(see(client, "policy_new"))
    for kind in (Kind.FIRST_REPLY, Kind.NEXT_REPLY, Kind.UPDATE, Kind.RESOLUTION):
        assert str(kind.label) in page
