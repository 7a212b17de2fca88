"""Machines may ask whether the desk is well; strangers learn nothing from it."""

from datetime import timedelta

import pytest
from django.db import connection

from ombud.spine.escalations.actions import raise_one
from ombud.spine.escalations.models import Escalation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("page", "said"), [("/healthz", b"ok\n"), ("/readyz", b"ready\n")])
def test_a_desk_that_is_well_says_so(client, page, said):
    answer = client.get(page)
    assert (answer.status_code, answer.content) == (200, said)
    assert "no-store" in answer["Cache-Control"]


def test_a_database_of_an_older_version_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'escalations'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"bin/ombud prepare" in answer.content


def figures(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.content
    lines = (line for line in answer.content.decode().splitlines() if not line.startswith("#"))
    return dict(line.rsplit(" ", 1) for line in lines)


def test_the_figures_name_what_waits_and_how_late_it_is(cast, client):
    escalation = raise_one(cast.writes(cast.carla), reason="impact", by=cast.ada, now=cast.now)
    Escalation.objects.filter(pk=escalation.pk).update(fires_at=cast.now - timedelta(days=9))
    said = figures(client)
    lag = float(said['ombud_due_lag_seconds{what="escalations.escalation.fires_at"}'])
    assert lag > timedelta(days=8).total_seconds()
    assert said["ombud_live_streams"] == "0"
    assert 'ombud_letters{state="dead"}' in said
    assert "ombud_intake_lag_seconds" in said


def test_only_this_machine_may_ask_unless_a_token_was_made(client, monkeypatch):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
    monkeypatch.setenv("OMBUD_METRICS_TOKEN", "a-long-token")
    assert client.get("/metrics").status_code == 403
    assert figures(client, authorization="Bearer a-long-token")
