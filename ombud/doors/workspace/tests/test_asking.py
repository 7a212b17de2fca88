"""Search, the palette, suggestions, notices, the live token."""

import pytest

from ombud.doors.workspace import snippets
from ombud.lib.live import read_token
from ombud.spine.tickets import actions, search
from ombud.spine.tickets.models import Message, QuickReply

pytestmark = pytest.mark.django_db


def index():
    search.index(Message.objects.select_related("ticket").prefetch_related("attachments"))


def test_words_are_found_with_and_without_accents_and_marked(cast, desk):
    cast.writes(cast.carla, text="La campaña empieza el viernes en Cádiz.", subject="Etiquetas")
    index()
    page = desk(cast.ada).get("/search/", q="cadiz campana")
    assert "<mark>campaña</mark>" in page and "<mark>Cádiz</mark>" in page


def test_chinese_is_found(cast, desk):
    cast.writes(cast.chen, text="清关文件被退回，请尽快回电。", subject="清关")
    index()
    assert "<mark>文件</mark>" in desk(cast.ada).get("/search/", q="文件")


def test_a_number_and_a_customer_are_found(cast, desk):
    ticket = cast.writes(cast.carla)
    index()
    ada = desk(cast.ada)
    assert f"/tickets/{ticket.number}/" in ada.get("/search/", q=f"#{ticket.number}")
    assert "Carla Benítez" in ada.get("/search/", q="carla")
    assert "Nothing was found" in ada.get("/search/", q="zzzz")


def test_a_search_is_narrowed(cast, desk):
    cast.writes(cast.carla, subject="Uno", text="paquetes")
    two = cast.writes(cast.carla, subject="Dos", text="paquetes")
    actions.set_status(two, "resolved", by=cast.ada, now=cast.now)
    index()
    page = desk(cast.ada).get("/search/", q="paquetes", status="resolved")
    assert "Dos" in page and "Uno" not in page


def test_marks_never_break_the_markup():
    assert snippets.marked("<b>a & b</b>", ["b"]) == (
        "&lt;<mark>b</mark>&gt;a &amp; <mark>b</mark>&lt;/<mark>b</mark>&gt;"
    )
    assert snippets.around("x" * 300, ["y"]) is None


def test_the_palette_finds_deeds_views_tickets_and_customers(cast, desk):
    ticket = cast.writes(cast.carla)
    index()
    groups = desk(cast.ada).client.get("/palette/", {"q": "carla"}).json()["groups"]
    assert [group["label"] for group in groups] == ["Tickets", "Customers"]
    assert groups[0]["items"][0]["href"] == f"/tickets/{ticket.number}/"
    groups = desk(cast.ada).client.get("/palette/", {"q": "log"}).json()["groups"]
    assert groups[0]["items"][0]["href"] == "/log/"


def test_mentions_warn_of_those_who_do_not_see_the_ticket(cast, desk):
    ticket = cast.writes(cast.carla)
    assert cast.jun and cast.lin
    items = desk(cast.ada).client.get(f"/tickets/{ticket.number}/people/", {"q": ""}).json()["items"]
    about = {item["label"]: item["about"] for item in items}
    assert "does not see" in about["Jun Watanabe"] and "does not see" not in about["林晓雯"]


def test_addresses_offer_the_accounts_people_first(cast, desk):
    ticket = cast.writes(cast.carla)
    assert cast.rui and cast.chen
    items = desk(cast.ada).client.get(f"/tickets/{ticket.number}/addresses/", {"q": "r"}).json()["items"]
    assert "Rui Cabrera <rui@acme-outdoor.example>" in [item["value"] for item in items]


def test_opening_a_ticket_reads_its_notices(cast, desk):
    ticket = cast.writes(cast.carla)
    actions.note(ticket, by=cast.lin, text="@Ada", mentions=[cast.ada], now=cast.now)
    ada = desk(cast.ada)
    assert "1 not read" in ada.get("/notices/")
    ada.get(f"/tickets/{ticket.number}/")
    assert "1 not read" not in ada.get("/notices/")


def test_all_notices_are_read_at_once(cast, desk):
    ticket = cast.writes(cast.carla)
    actions.assign(ticket, cast.ada, by=cast.ines, now=cast.now)
    ada = desk(cast.ada)
    assert "Inés Ferrer gave you this ticket" in ada.get("/notices/")
    ada.post("/notices/read/")
    assert "not read" not in ada.get("/notices/")


def test_the_live_stream_is_ones_own(cast, desk):
    told = desk(cast.ada).client.get("/live/token/").json()["url"]
    assert read_token(told.partition("token=")[2])[0] == cast.ada.pk


def test_quick_replies_of_others_teams_are_not_offered(cast, desk):
    ticket = cast.writes(cast.carla)
    QuickReply.objects.create(name="Theirs", html="x", team=cast.team("Legal", cast.noor))
    assert desk(cast.ada).client.get(f"/tickets/{ticket.number}/quick-replies/").json()["items"] == []
