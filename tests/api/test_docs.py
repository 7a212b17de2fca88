"""The page that describes the API, and making tokens on the command line."""

import re

from django.test import Client

from ombud.doors.api.commands import api_token
from ombud.foundation.people.models import Token
from ombud.foundation.people.queries import token_by_secret


def test_the_page_shows_every_operation_and_fetches_nothing(document):
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    for path, methods in document["paths"].items():
        for said in methods.values():
            assert f'id="{said["operationId"]}"' in page
        assert path in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "'self'" in answer.headers["Content-Security-Policy"]


def test_the_command_prints_only_the_token(cast, capsys):
    assert api_token(["--name", "CI", "--person", cast.ada.email.upper()]) == 0
    secret, err = capsys.readouterr()
    assert secret.startswith("omb_") and secret.count("\n") == 1 and not err
    token = token_by_secret(secret.strip())
    assert (token.name, token.person) == ("CI", cast.ada)
    assert secret.strip() not in token.hash


def test_the_command_says_what_is_wrong(cast, capsys):
    assert api_token(["--name", "CI", "--person", "no@one.example"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert not Token.objects.exists()
