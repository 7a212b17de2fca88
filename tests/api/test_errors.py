"""Every error has one shape, below the whole of /api/."""

import json

import pytest
from django.test import Client

from ombud.doors.api import callers, uploads
from ombud.doors.api.pace import Pace
from ombud.doors.api.views import tickets as tickets_view

TICKET = {"subject": "Silent", "text": "Nothing prints.", "customer": {"email": "carla@acme-outdoor.example"}}


def refused(answer, status, code):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    error = answer.json()["error"]
    assert error.keys() == {"code", "message", "fields"}
    assert error["code"] == code
    assert error["message"]
    return error["fields"]


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", "/api/v1/", "/api/v2/tickets", "/api/v1/nothing", "/api/v1/tickets/"]
)
def test_an_unknown_address(db, path):
    refused(Client().get(path), 404, "not_found")


def test_without_a_token(stranger):
    answer = stranger.get("/tickets")
    refused(answer, 401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    for path in ("/tickets/1001", "/tickets/1001/messages", "/tickets/1001/events", "/attachments/1"):
        refused(stranger.get(path), 401, "not_signed_in")
    for path in ("/tickets", "/tickets/1001/replies", "/tickets/1001/notes"):
        refused(stranger.post(path, {}), 401, "not_signed_in")
    refused(stranger.patch("/tickets/1001", {}), 401, "not_signed_in")
    refused(stranger.upload(None), 401, "not_signed_in")


@pytest.mark.parametrize("header", ["Bearer omb_wrong", "Bearer ", "Basic YTpi", "omb_wrong"])
def test_with_a_token_that_is_none(db, header):
    refused(Client(headers={"authorization": header}).get("/api/v1/tickets"), 401, "not_signed_in")


@pytest.mark.parametrize("body", ["{", '{"a": NaN}', b"\xff\xfe", "[" * 100_000])
def test_a_body_that_is_no_json(machine, body):
    refused(machine.post("/tickets", body), 400, "malformed")


@pytest.mark.parametrize("body", ["[]", '"text"', "3", "null", ""])
def test_a_body_that_is_no_object(machine, body):
    refused(machine.post("/tickets", body), 422, "not_valid")


def test_fields_are_named(machine):
    fields = refused(
        machine.post(
            "/tickets", {"subject": " ", "customer": {"email": "x"}, "severity": "worst", "colour": 1}
        ),
        422,
        "not_valid",
    )
    assert fields.keys() == {"subject", "customer.email", "severity", "colour"}
    assert fields["severity"] == ["This must be one of: low, medium, high, critical."]
    fields = refused(machine.get("/tickets?limit=0"), 422, "not_valid")
    assert fields == {"limit": ["This must be at least 1."]}
    for query, field in (
        ("status=lost", "status"),
        ("assignee=no@one.example", "assignee"),
        ("team=None", "team"),
    ):
        assert list(refused(machine.get(f"/tickets?{query}"), 422, "not_valid")) == [field]


def test_empty_words_and_unknown_uploads(cast, machine):
    at = f"/tickets/{cast.writes(cast.carla).number}"
    for path in ("notes", "replies"):
        assert list(refused(machine.post(f"{at}/{path}", {"text": " "}), 422, "not_valid")) == ["text"]
        fields = refused(
            machine.post(f"{at}/{path}", {"text": "x", "attachments": ["upl_no"]}), 422, "not_valid"
        )
        assert list(fields) == ["attachments"]


def test_another_kind_of_body(machine):
    answer = machine.client.post(
        "/api/v1/tickets", "subject=x", content_type="application/x-www-form-urlencoded"
    )
    refused(answer, 415, "unsupported_media_type")


def test_a_method_that_is_not_known(machine):
    answer = machine.client.delete("/api/v1/tickets/1001")
    refused(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "PATCH"}


def test_a_number_that_is_not_there(machine):
    for number in (1, 999_999, 2**63, 10**30):
        for path in ("", "/messages", "/events"):
            refused(machine.get(f"/tickets/{number}{path}"), 404, "not_found")


def test_too_large_a_body(machine, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    refused(machine.post("/tickets", {**TICKET, "text": "x" * 300}), 413, "too_large")


def test_too_large_a_file(machine, monkeypatch, tmp_path):
    monkeypatch.setattr(uploads, "LARGEST", 3)
    large = tmp_path / "large.txt"
    large.write_text("four")
    with large.open("rb") as file:
        refused(machine.upload(file), 413, "too_large")


def test_too_many_requests(machine, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(callers, "pace", Pace(12, clock=lambda: now[0]))
    assert [machine.get("/tickets").status_code for _ in range(2)] == [200, 200]
    answer = machine.get("/tickets")
    refused(answer, 429, "too_many_requests")
    now[0] += int(answer.headers["Retry-After"])
    assert machine.get("/tickets").status_code == 200


def test_a_mistake_of_ours(machine, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(tickets_view, "_filtered", broken)
    answer = machine.get("/tickets")
    refused(answer, 500, "our_mistake")
    assert "secret" not in answer.content.decode()
    assert "a secret of the house" in caplog.text


def test_nothing_is_kept_by_proxies(machine):
    assert machine.get("/tickets").headers["Cache-Control"] == "no-store"


def test_the_document_names_every_answer_that_was_given(machine):
    """Last in this file: whatever was answered above stood in the document (the machine looks)."""
    document = machine.document
    assert document["openapi"].startswith("3.1")
    assert json.dumps(document["components"]["securitySchemes"]).count("bearer") == 1
    for methods in document["paths"].values():
        for said in methods.values():
            assert said["description"]
            assert {"401", "404", "422", "429", "500"} <= said["responses"].keys()
