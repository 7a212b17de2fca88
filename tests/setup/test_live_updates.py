"""Browsers hear of changes within a second, with ids only, and miss nothing when they come back."""

import json
import sqlite3
import time
from http.client import HTTPConnection

import psycopg
import pytest
from django.conf import settings

from ombud.lib.live import LIFE, make_token

pytestmark = pytest.mark.slow
INSERT = (
    "INSERT INTO events_event (verb, happened_at, data) VALUES ('ticket.opened', '2026-11-19 12:00', '{}')"
)


@pytest.fixture(autouse=True)
def same_key(mould, monkeypatch):
    """The desk's key signs our tokens too."""
    key = (mould.folder / "secret.key").read_text().split()[0]
    monkeypatch.setattr(settings, "SECRET_KEY", key)


class Browser:
    """Reads a live stream as EventSource does."""

    def __init__(self, desk, token, last=None):
        self.line = HTTPConnection("127.0.0.1", desk.port, timeout=20)
        headers = {"Last-Event-ID": str(last)} if last is not None else {}
        self.line.request("GET", f"/live/?token={token}", headers=headers)
        self.answer = self.line.getresponse()
        self.status = self.answer.status

    def hear(self, name):
        """The data of the next event of this name."""
        current = None
        while raw := self.answer.readline():
            line = raw.decode().strip()
            if line.startswith("event: "):
                current = line[7:]
            if line.startswith("data: ") and current == name:
                return json.loads(line[6:])
        return None

    def close(self):
        self.line.close()


def record(desk, times=1):
    """Another process writes into the log."""
    url = desk.environment.get("DATABASE_URL")
    if url:
        with psycopg.connect(url) as line:
            for _ in range(times):
                line.execute(INSERT)
            line.execute("SELECT pg_notify('ombud', '')")
    else:
        with sqlite3.connect(desk.folder / "ombud.sqlite3", timeout=20) as line:
            for _ in range(times):
                line.execute(INSERT)
        line.close()


def test_a_change_is_heard_at_once_and_ids_are_all_that_is_said(shared_desk):
    browser = Browser(shared_desk, make_token(1))
    assert browser.status == 200
    start = browser.hear("hello")["last"]
    began = time.monotonic()
    record(shared_desk, 3)
    said = browser.hear("log")
    assert time.monotonic() - began < 1
    assert said == {"cases": [], "verbs": ["ticket.opened"], "last": start + 3}
    browser.close()


def test_who_comes_back_is_told_what_was_missed(shared_desk):
    first = Browser(shared_desk, make_token(1))
    last = first.hear("hello")["last"]
    first.close()
    record(shared_desk, 2)
    assert Browser(shared_desk, make_token(1), last).hear("log")["last"] == last + 2


def test_who_missed_too_much_looks_at_everything_again(shared_desk):
    last = Browser(shared_desk, make_token(1)).hear("hello")["last"]
    record(shared_desk, 1500)
    assert Browser(shared_desk, make_token(1), last).hear("log")["everything"] is True


@pytest.mark.parametrize("token", ["", "mallory", "eyJwZXJzb24iOjF9:false"])
def test_a_stranger_hears_nothing(shared_desk, token):
    assert Browser(shared_desk, token).status == 403


def test_a_stream_ends_with_its_token(shared_desk, monkeypatch):
    monkeypatch.setattr("ombud.lib.live.LIFE", LIFE / 300)
    browser = Browser(shared_desk, make_token(1))
    browser.hear("hello")
    assert browser.hear("expired") == {}
    assert browser.answer.readline() == b"\n" and browser.answer.read() == b""


def test_open_tabs_are_counted_per_person(shared_desk):
    tabs = [Browser(shared_desk, make_token(7)) for _ in range(20)]
    assert Browser(shared_desk, make_token(7)).status == 429
    assert Browser(shared_desk, make_token(8)).status == 200
    for tab in tabs:
        tab.close()


def test_streams_do_not_hold_up_the_end(live_desk):
    browsers = [Browser(live_desk, make_token(person)) for person in range(30)]
    began = time.monotonic()
    assert live_desk.stop() == 0
    assert time.monotonic() - began < 5
    assert all(browser.status == 200 for browser in browsers)


@pytest.mark.faults
def test_the_web_process_that_was_killed_is_heard_from_again(live_desk):
    browser = Browser(live_desk, make_token(1))
    last = browser.hear("hello")["last"]
    live_desk.kill("web")
    record(live_desk)
    assert Browser(live_desk, make_token(1), last).hear("log")["last"] == last + 1
