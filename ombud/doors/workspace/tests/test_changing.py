"""Deeds on one ticket and on many, and undoing them."""

import pytest

from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


def fresh(ticket):
    return Ticket.objects.select_related("assignee", "team").get(pk=ticket.pk)


def test_taking_a_ticket_and_undoing_it(cast, desk, ticket):
    ada = desk(cast.ada)
    said = ada.ask(f"/tickets/{ticket.number}/change/assign/", assignee="me")
    assert fresh(ticket).assignee == cast.ada
    assert "Ada Lindqvist</strong> took it" in ada.get(f"/tickets/{ticket.number}/")
    ada.ask(said["undo"])
    assert fresh(ticket).assignee is None
    ada.ask(said["undo"], expect=422)


def test_resolving_and_undoing_makes_the_customer_wait_as_before(cast, desk, ticket):
    since = ticket.waiting_since
    ada = desk(cast.ada)
    said = ada.ask(f"/tickets/{ticket.number}/change/status/", status="resolved")
    assert fresh(ticket).waiting_since is None
    said = ada.ask(said["undo"])
    assert (fresh(ticket).status, fresh(ticket).waiting_since) == ("new", since)


def test_an_undo_is_nobody_elses(cast, desk, ticket):
    said = desk(cast.ada).ask(f"/tickets/{ticket.number}/change/status/", status="on_hold")
    desk(cast.lin).ask(said["undo"], expect=422)
    assert fresh(ticket).status == "on_hold"


@pytest.mark.mission("M10")
def test_the_matrix_is_shown_and_makes_the_priority(cast, desk, ticket):
    ada = desk(cast.ada)
    said = ada.ask(f"/tickets/{ticket.number}/change/levels/", severity="critical", urgency="high")
    assert "P1" in said["words"]
    page = ada.get(f"/tickets/{ticket.number}/")
    assert 'class="matrix"' in page and "by the matrix" in page


@pytest.mark.mission("M10", "M74")
def test_overruling_needs_a_reason_and_the_right_to(cast, desk, ticket):
    path = f"/tickets/{ticket.number}/change/priority/"
    desk(cast.ada).ask(path, expect=403, priority="p1", reason="They are loud")
    ines = desk(cast.ines)
    ines.ask(path, expect=422, priority="p1", reason=" ")
    ines.ask(path, priority="p1", reason="Renewal tomorrow")
    assert "overruled: Renewal tomorrow" in ines.get(f"/tickets/{ticket.number}/")


def test_tags_subject_and_sleep(cast, desk, ticket):
    ada = desk(cast.ada)
    ada.post(f"/tickets/{ticket.number}/change/tags/", tags=["Customs", "vip"])
    ada.post(f"/tickets/{ticket.number}/change/subject/", subject="Etiquetas de Cádiz")
    ada.post(f"/tickets/{ticket.number}/change/snooze/", until="tomorrow")
    page = ada.get(f"/tickets/{ticket.number}/")
    assert "customs" in page and "Etiquetas de Cádiz" in page and "sleeps until" in page
    said = ada.ask(f"/tickets/{ticket.number}/change/snooze/", expect=422, at="2001-01-01T09:00")
    assert "still to come" in said["error"]
    ada.post(f"/tickets/{ticket.number}/change/wake/")
    assert fresh(ticket).wakes_at is None


def test_merging_goes_to_the_survivor(cast, desk, ticket):
    other = cast.writes(cast.carla, text="Lo mismo otra vez.")
    said = desk(cast.ada).ask(f"/tickets/{other.number}/merge/", other=ticket.number)
    assert said["go"] == f"/tickets/{ticket.number}/"
    assert "Lo mismo otra vez." in desk(cast.ada).get(f"/tickets/{ticket.number}/")


def test_merging_with_what_one_cannot_see_is_refused(cast, desk, ticket):
    secret = cast.writes(cast.chen, team=cast.team("Legal", cast.noor, private=True))
    said = desk(cast.ada).ask(f"/tickets/{ticket.number}/merge/", expect=422, other=secret.number)
    assert f"#{secret.number}" in said["error"]


def test_splitting_makes_a_ticket_of_chosen_messages(cast, desk, ticket):
    note = actions.note(ticket, by=cast.lin, text="Another matter.", now=cast.later(minutes=1))
    said = desk(cast.ada).ask(f"/tickets/{ticket.number}/split/", messages=note.pk)
    assert "Another matter." in desk(cast.ada).get(said["go"])


def test_linking_and_unlinking(cast, desk, ticket):
    other = cast.writes(cast.chen, subject="清关文件被退回")
    ada = desk(cast.ada)
    ada.post(f"/tickets/{ticket.number}/link/", other=f"#{other.number}")
    assert "清关文件被退回" in ada.get(f"/tickets/{ticket.number}/", part="ticket")
    ada.post(f"/tickets/{ticket.number}/unlink/", other=other.number)
    assert (
        "清关文件被退回"
        not in ada.get(f"/inbox/all/{ticket.number}/", part="ticket").split('id="context"')[1]
    )


def test_many_at_once_and_undone_at_once(cast, desk):
    some = [cast.writes(cast.carla) for _ in range(3)]
    actions.assign(some[0], cast.lin, by=cast.ines, now=cast.now)
    ada, numbers = desk(cast.ada), [ticket.number for ticket in some]
    said = ada.ask("/change/assign/", tickets=numbers, assignee=cast.emil.pk)
    assert {fresh(ticket).assignee for ticket in some} == {cast.emil}
    ada.ask(said["undo"])
    assert [fresh(ticket).assignee for ticket in some] == [cast.lin, None, None]
    ada.ask("/change/tag/", tickets=numbers, tag=["customs"])
    ada.ask("/change/status/", tickets=numbers, status="on_hold")
    ada.ask("/change/snooze/", tickets=numbers, until="week")
    assert all(list(t.tags.values_list("name", flat=True)) == ["customs"] for t in some)
    ada.ask("/change/merge/", tickets=numbers)
    assert fresh(some[2]).merged_into_id == some[0].pk


def test_many_changes_only_what_one_may_see(cast, desk, ticket):
    secret = cast.writes(cast.chen, team=cast.team("Legal", cast.noor, private=True))
    desk(cast.ada).ask("/change/status/", tickets=[ticket.number, secret.number], status="resolved")
    assert (fresh(ticket).status, fresh(secret).status) == ("resolved", "new")
    desk(cast.ada).ask("/change/status/", expect=422, tickets=[secret.number])


@pytest.mark.mission("M74")
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("change/assign/", {"assignee": "none"}),
        ("change/status/", {"status": "resolved"}),
        ("change/tags/", {"tags": "x"}),
        ("change/subject/", {"subject": "x"}),
        ("change/snooze/", {"until": "week"}),
        ("change/levels/", {"severity": "low", "urgency": "low"}),
    ],
)
def test_who_may_not_change_cannot(cast, desk, ticket, path, fields):
    assert cast.acme  # Tomasz looks after it, and so sees its tickets
    actions.assign(ticket, cast.ada, by=cast.ines, now=cast.now)
    desk(cast.tomasz).ask(f"/tickets/{ticket.number}/{path}", expect=403, **fields)
    assert fresh(ticket).assignee == cast.ada


def test_nobody_changes_what_they_cannot_see(cast, desk):
    ticket = cast.writes(cast.mallory)
    sofia = desk(cast.sofia)
    for path in ("change/status/", "note/send/", "note/draft/", "here/", "merge/", "link/", "note/files/"):
        sofia.post(f"/tickets/{ticket.number}/{path}", expect=404, words="x")
    for path in ("people/", "addresses/", "quick-replies/", "ask/assign/", "reply/letter/"):
        sofia.get(f"/tickets/{ticket.number}/{path}", expect=404)
    assert sofia.client.get("/suggest/customers/", {"q": "mallory"}).json() == {"items": []}
    assert sofia.client.get("/suggest/tickets/", {"q": "aduana"}).json() == {"items": []}


def test_dialogs_come_when_asked_for(cast, desk, ticket):
    ada = desk(cast.ada)
    for what in ("assign", "tag", "merge", "link", "split", "customer"):
        assert "<dialog" in ada.get(f"/tickets/{ticket.number}/ask/{what}/")
    assert "<dialog" in ada.get("/change/assign/ask/")
    assert "<dialog" in ada.get("/inbox/all/filter/")
    ada.get(f"/tickets/{ticket.number}/ask/nonsense/", expect=404)
    ada.post(f"/tickets/{ticket.number}/change/nonsense/", expect=404)
