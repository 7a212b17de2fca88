"""Files that come and go through the API."""

import io

import pytest

from ombud.lib import files


@pytest.fixture
def pdf():
    file = io.BytesIO(b"%PDF-1.7 customs")
    file.name = "../../etc/Zollerklärung.pdf"
    return file


def test_a_file_goes_with_a_note_and_comes_back(cast, machine, pdf):
    at = f"/tickets/{cast.writes(cast.carla).number}"
    sent = machine.upload(pdf)
    assert sent.status_code == 201
    note = machine.post(f"{at}/notes", {"text": "The papers", "attachments": [sent.json()["id"]]}).json()
    (file,) = note["attachments"]
    assert (file["name"], file["size"]) == ("Zollerklärung.pdf", 16)
    answer = machine.client.get(file["url"])
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 customs"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_goes_with_a_new_ticket(machine, pdf):
    upload = machine.upload(pdf).json()["id"]
    asked = {
        "subject": "Papers",
        "customer": {"email": "carla@acme-outdoor.example"},
        "attachments": [upload],
    }
    number = machine.post("/tickets", asked).json()["number"]
    (message,) = machine.get(f"/tickets/{number}/messages").json()["items"]
    assert [file["name"] for file in message["attachments"]] == ["Zollerklärung.pdf"]


def test_anothers_upload_cannot_be_enclosed(cast, machine, machine_of, pdf):
    upload = machine.upload(pdf).json()["id"]
    at = f"/tickets/{cast.writes(cast.carla).number}"
    answer = machine_of(cast.ada).post(f"{at}/notes", {"text": "Mine?", "attachments": [upload]})
    assert list(answer.json()["error"]["fields"]) == ["attachments"]


def test_nothing_sent(machine):
    assert list(machine.upload(None).json()["error"]["fields"]) == ["file"]


def test_a_file_whose_bytes_are_gone(cast, machine, pdf):
    at = f"/tickets/{cast.writes(cast.carla).number}"
    upload = machine.upload(pdf).json()
    note = machine.post(f"{at}/notes", {"text": "The papers", "attachments": [upload["id"]]}).json()
    files.path_of(upload["sha256"]).unlink()
    assert machine.get(f"/attachments/{note['attachments'][0]['id']}").status_code == 404
