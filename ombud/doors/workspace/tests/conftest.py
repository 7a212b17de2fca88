"""The desk as a person sees it: `desk(cast.ada).get("/inbox/mine/")`."""

import pytest
from django.test import Client


class Desk:
    """A browser without scripts, signed in as one of ours."""

    def __init__(self, client):
        self.client = client

    def get(self, path, expect=200, **query):
        answer = self.client.get(path, query)
        assert answer.status_code == expect, (path, answer.status_code)
        return answer.content.decode() if not answer.streaming else answer

    def post(self, path, expect=302, **fields):
        answer = self.client.post(path, fields)
        assert answer.status_code == expect, (path, answer.status_code, answer.content[:300])
        return answer

    def ask(self, path, expect=200, **fields):
        """As our script posts: the answer is JSON."""
        answer = self.client.post(path, fields, headers={"Accept": "application/json"})
        assert answer.status_code == expect, (path, answer.status_code, answer.content[:300])
        return answer.json() if answer.content else None


@pytest.fixture
def desk(cast):
    """Makes a signed-in desk for a person."""
    return lambda person: Desk(cast.signed_in(Client(), person))
