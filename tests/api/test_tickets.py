"""What machines do with tickets."""

from datetime import datetime

import pytest
from django.utils import timezone

from ombud.foundation.people.actions import revoke_token
from ombud.foundation.people.models import Token
from ombud.foundation.post.models import Letter
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Message, Ticket

PRINTER = {
    "subject": "The label printer is silent",
    "text": "Since this morning nothing prints.",
    "customer": {"email": "carla@acme-outdoor.example", "name": "Carla Benítez"},
}
FIELDS = {
    "number", "subject", "status", "priority", "severity", "urgency", "customer", "account", "assignee",
    "team", "tags", "channel", "language", "created_at", "updated_at",
}  # fmt: skip


@pytest.mark.mission("M1")
def test_a_machine_opens_a_ticket_which_an_agent_sees(cast, machine, machine_of):
    answer = machine.post("/tickets", {**PRINTER, "severity": "high", "tags": ["Printer", "label"]})
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/tickets/{made['number']}"
    assert made.keys() >= FIELDS
    assert made["customer"]["email"] == "carla@acme-outdoor.example"
    assert (made["channel"], made["status"], made["priority"]) == ("api", "new", "p2")
    assert made["tags"] == ["label", "printer"]
    assert machine_of(cast.ada).get(answer.headers["Location"].removeprefix("/api/v1")).json() == made


def test_a_known_customer_keeps_name_and_account(cast, machine):
    cast.carla.name  # noqa: B018 - she is known from here on
    made = machine.post("/tickets", {**PRINTER, "customer": {"email": "Carla@Acme-Outdoor.example"}}).json()
    assert made["customer"]["name"] == "Carla Benítez"
    assert made["account"]["name"] == "Acme Outdoor"


def test_the_language_is_found_out(machine):
    texts = {"es": "Desde esta mañana la impresora no imprime nada, ¿pueden ayudarnos con las etiquetas?",
             "zh-hans": "从今天早上开始打印机就没有反应，请尽快帮我们处理。"}  # fmt: skip
    for language, text in texts.items():
        assert machine.post("/tickets", {**PRINTER, "text": text}).json()["language"] == language


def test_html_is_cleaned_and_read(machine):
    asked = {**PRINTER, "text": "", "html": "<p>Nothing <b>prints</b></p><script>steal()</script>"}
    number = machine.post("/tickets", asked).json()["number"]
    (message,) = machine.get(f"/tickets/{number}/messages").json()["items"]
    assert "script" not in message["html"]
    assert message["text"].startswith("Nothing prints")


def test_the_list_filters_by_everything(cast, machine, settle):
    team = cast.team("Customs", cast.ada)
    customs = cast.writes(cast.carla, text="La aduana ha rechazado 38 paquetes.")
    other = cast.writes(cast.chen, text="仓库的标签打印不出来")
    actions.assign(customs, cast.ada, by=cast.ines, now=cast.now)
    actions.set_team(customs, team, by=cast.ines, now=cast.now)
    actions.tag(customs, "customs", by=cast.ada, now=cast.now)
    actions.set_status(customs, "on_hold", by=cast.ada, now=cast.now)
    settle()
    for query in (
        "status=on_hold",
        "status=on_hold,closed",
        "q=aduana",
        f"q={customs.number}",
        "assignee=ada@parcelline.example",
        "team=customs",
        "tag=Customs",
        "customer=carla@acme-outdoor.example",
        "q=38+paquetes&status=on_hold&tag=customs",
    ):
        answer = machine.get(f"/tickets?{query}").json()
        assert [item["number"] for item in answer["items"]] == [customs.number], query
        assert (answer["count"], answer["next"]) == (1, None)
    for query in ("status=new", "q=标签", "assignee=none", "team=none"):
        assert [i["number"] for i in machine.get(f"/tickets?{query}").json()["items"]] == [other.number], (
            query
        )
    assert machine.get("/tickets?q=nothing+like+it").json()["items"] == []


def test_changing_several_fields_at_once(cast, machine):
    ticket = cast.writes(cast.carla)
    cast.team("Customs", cast.ada)
    wish = {
        "status": "on_hold",
        "severity": "critical",
        "urgency": "high",
        "tags": ["customs", "vip"],
        "assignee": cast.ada.email,
        "team": "Customs",
    }
    changed = machine.patch(f"/tickets/{ticket.number}", wish).json()
    assert changed["priority"] == "p1"
    assert changed["assignee"]["email"] == cast.ada.email
    assert changed["team"]["name"] == "Customs"
    assert {name: changed[name] for name in ("status", "severity", "urgency", "tags")} == {
        name: wish[name] for name in ("status", "severity", "urgency", "tags")
    }
    back = machine.patch(f"/tickets/{ticket.number}", {"assignee": None, "team": None, "tags": []}).json()
    assert (back["assignee"], back["team"], back["tags"]) == (None, None, [])
    assert back["status"] == "on_hold"


def test_one_wrong_field_changes_nothing(cast, machine):
    ticket = cast.writes(cast.carla)
    answer = machine.patch(f"/tickets/{ticket.number}", {"severity": "high", "assignee": cast.sofia.email})
    assert answer.status_code == 422
    assert "assignee" in answer.json()["error"]["fields"]
    assert machine.get(f"/tickets/{ticket.number}").json()["severity"] == "medium"


@pytest.mark.mission("M13")
def test_a_reply_leaves_by_mail_and_a_note_does_not(cast, machine_of):
    ticket = cast.writes(cast.carla)
    ada = machine_of(cast.ada)
    reply = ada.post(f"/tickets/{ticket.number}/replies", {"text": "We are on it.", "status": "open"})
    note = ada.post(f"/tickets/{ticket.number}/notes", {"text": "Customs again."})
    assert (reply.status_code, note.status_code) == (201, 201)
    assert reply.json()["by"]["email"] == cast.ada.email
    assert reply.json()["to"] == [{"name": cast.carla.name, "address": cast.carla.email}]
    assert note.json()["inside"]
    letter = Letter.objects.get(kind="reply")
    assert "We are on it." in letter.text
    assert "Customs again." not in letter.text
    assert [m["kind"] for m in ada.get(f"/tickets/{ticket.number}/messages").json()["items"]] == [
        "received",
        "reply",
        "note",
    ]
    assert ada.get(f"/tickets/{ticket.number}").json()["status"] == "open"


def test_a_machine_of_its_own_answers_in_the_mailboxs_name(cast, machine):
    ticket = cast.writes(cast.carla)
    reply = machine.post(f"/tickets/{ticket.number}/replies", {"text": "Your parcels are free."}).json()
    assert reply["by"] is None
    assert reply["sender"] == {"name": "Parcelline", "address": "support@desk.test"}
    assert machine.get(f"/tickets/{ticket.number}").json()["assignee"] is None
    assert machine.get(f"/tickets/{ticket.number}").json()["status"] == "waiting"


def test_a_merged_number_leads_to_the_survivor(cast, machine):
    one, other = cast.writes(cast.carla), cast.writes(cast.carla, subject="Otra vez")
    actions.merge(one, other, by=cast.ada, now=cast.now)
    found = machine.get(f"/tickets/{one.number}").json()
    assert (found["number"], found["merged_from"]) == (other.number, [one.number])
    assert machine.get("/tickets").json()["count"] == 1
    events = machine.get(f"/tickets/{other.number}/events").json()["items"]
    assert [e["data"] for e in events if e["verb"] == "ticket.merged"] == [{"other": one.number}]


def test_the_history_names_who_and_when(cast, machine):
    ticket = cast.writes(cast.carla)
    actions.assign(ticket, cast.lin, by=cast.ines, now=cast.now)
    opened, assigned = machine.get(f"/tickets/{ticket.number}/events").json()["items"]
    assert opened["verb"] == "ticket.opened"
    assert assigned["by"]["name"] == "Inés Ferrer"
    assert assigned["data"] == {"old": None, "new": cast.lin.pk}
    assert datetime.fromisoformat(assigned["happened_at"]) == cast.now


def test_every_time_has_an_offset(cast, machine):
    ticket = cast.writes(cast.carla)
    shown = machine.get(f"/tickets/{ticket.number}").json()
    assert shown["created_at"] == "2026-11-19T13:36:00.000+00:00"


def test_a_ticket_to_an_address_that_is_not_ours(machine):
    answer = machine.post("/tickets", {**PRINTER, "mailbox": "nobody@desk.test"})
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == ["mailbox"]
    assert not Ticket.objects.exists()


def test_tokens_are_seen_used_and_end_at_once(cast, machine):
    before = timezone.now()
    assert machine.get("/tickets").status_code == 200
    token = Token.objects.get()
    assert token.used_at >= before
    machine.get("/tickets")
    assert Token.objects.get().used_at == token.used_at
    revoke_token(token, by=cast.greta, now=cast.now)
    assert machine.get("/tickets").status_code == 401


def test_text_that_no_database_keeps_is_refused(machine):
    for odd in ("a\x00b", "\ud800"):
        assert machine.post("/tickets", {**PRINTER, "text": odd}).status_code == 422
    assert not Message.objects.exists()
