"""A machine with a token, whose every answer is held against the OpenAPI document."""

import json

import pytest
from django.test import Client

from ombud.doors.api import callers
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people.actions import make_token
from tests.api.contract import breaches, operation


class Machine:
    """Asks the API with a token. `seen` are the (operation, status) that were answered."""

    seen = set()

    def __init__(self, document, secret):
        self.document = document
        self.client = Client(headers={"authorization": f"Bearer {secret}"} if secret else {})
        self.client.raise_request_exception = False

    def ask(self, method, path, body=None, **headers):
        path = f"/api/v1{path}"
        options = {"content_type": "application/json", "data": body} if body is not None else {}
        answer = self.client.generic(
            method.upper(), path, headers=headers, **{**options, "data": _written(body)}
        )
        self._hold_against(method, path, answer)
        return answer

    def get(self, path, **headers):
        return self.ask("get", path, **headers)

    def post(self, path, body, **headers):
        return self.ask("post", path, body, **headers)

    def patch(self, path, body, **headers):
        return self.ask("patch", path, body, **headers)

    def upload(self, file):
        answer = self.client.post("/api/v1/attachments", {"file": file} if file else {})
        self._hold_against("post", "/api/v1/attachments", answer)
        return answer

    def _hold_against(self, method, path, answer):
        described = operation(self.document, method, path)
        if described is None:
            return
        promised = described["responses"].get(str(answer.status_code))
        assert promised, f"{method} {path} answered {answer.status_code}, which is not described"
        self.seen.add((described["operationId"], answer.status_code))
        for kind, content in promised.get("content", {}).items():
            if kind == "application/json":
                assert not breaches(self.document, content["schema"], answer.json())


def _written(body):
    return body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """No test waits for another's requests."""
    callers.pace.buckets.clear()


@pytest.fixture
def document(db):
    return json.loads(Client().get("/api/v1/openapi.json").content)


@pytest.fixture
def machine_of(cast, document):
    """Makes a machine: of its own, or of a person (`machine_of(cast.ada)`)."""

    def make(person=None):
        _token, secret = make_token(name="a machine", person=person, now=cast.now)
        return Machine(document, secret)

    return make


@pytest.fixture
def machine(machine_of):
    return machine_of()


@pytest.fixture
def stranger(document):
    """Asks without a token."""
    return Machine(document, None)


@pytest.fixture
def settle(cast):
    """Let the followers do their work, such as the search index."""

    def work():
        while work_tray(cast.now):
            pass

    return work
