"""Another system is told as surely as a person: once, signed, again until it answers, and never inside."""

import hashlib
import hmac
import json
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from ombud.foundation.events.models import Event
from ombud.foundation.events.tray import work_tray
from ombud.lib import calling
from ombud.spine.ladders import actions
from ombud.spine.ladders.climbing_due import work_climbs
from ombud.spine.ladders.models import Climb, Webhook
from ombud.spine.ladders.tokens import read_token
from ombud.spine.ladders.webhooks import secret_of
from ombud.spine.ladders.webhooks_due import BACK_OFF, call_due


class Listener:
    """Another system on this machine: what it was told, and how it answers."""

    def __init__(self):
        self.heard, self.answers = [], []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((self.path, dict(self.headers), body))
                self.send_response(listener.answers.pop(0) if listener.answers else 204)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

            def log_message(self, *_words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?team=1"


@contextmanager
def listening():
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.server.shutdown()
        listener.server.server_close()
        thread.join(5)


@pytest.fixture
def other(settings):
    """It stands in a private network, and may be called there."""
    settings.PRIVATE_WEBHOOKS = ["127.0.0.1"]
    with listening() as listener:
        yield listener


def switched_on(cast, url, by=("webhook",), does=()):
    rung = {"whom": {"kind": "person", "of": cast.ines.pk}, "by": list(by), "does": list(does), "url": url}
    draft = {"starts": [{"on": "by_hand"}], "rungs": [rung]}
    ladder = actions.keep_ladder(name="Pager", draft=draft, by=None, now=cast.now)
    actions.publish(ladder, by=None, now=cast.now)
    return ladder


@pytest.fixture
def climb(cast, other):
    """Inés is called through the other system."""
    switched_on(cast, other.url)
    ticket = cast.writes(cast.carla, subject="Etiquetas")
    return actions.climb_now(ticket, by=cast.ada, now=cast.now)


def pass_time(cast, **span):
    now = cast.later(**span)
    while work_tray(now) + work_climbs(now) + call_due(now):
        pass


@pytest.mark.mission("M26")
def test_it_hears_who_is_called_for_what(cast, other, climb):
    pass_time(cast, seconds=1)
    [(path, headers, body)] = other.heard
    said = json.loads(body)
    assert path == "/hook?team=1"
    assert said["person"] == {"name": "Inés Ferrer", "email": "ines@parcelline.example", "language": ""}
    assert (said["ticket"]["number"], said["ticket"]["account"]) == (climb.ticket.number, "Acme Outdoor")
    assert (said["rung"], said["rungs"], said["why"]) == (1, 1, "by_hand")
    assert headers["Idempotency-Key"] == said["id"] == f"climb:{climb.tellings.get().pk}"


def test_its_signature_can_be_checked(cast, other, climb):
    pass_time(cast, seconds=1)
    [(_path, headers, body)] = other.heard
    at, _comma, signature = headers["Ombud-Signature"].removeprefix("t=").partition(",v1=")
    secret = secret_of(other.url).encode()
    expected = hmac.new(secret, at.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert (signature, int(at)) == (expected, int(cast.now.timestamp()))
    assert secret_of(other.url) != secret_of(other.url + "2")


def test_it_is_tried_again_under_the_same_key(cast, other, climb):
    other.answers = [503, 429]
    pass_time(cast, seconds=1)
    assert Webhook.objects.get().error == "HTTP 503"
    pass_time(cast, seconds=9)
    assert len(other.heard) == 1, "not sooner"
    pass_time(cast, seconds=1)
    pass_time(cast, seconds=30)
    row = Webhook.objects.get()
    assert (row.state, row.attempts, row.status) == (Webhook.State.SENT, 3, 204)
    assert len({headers["Idempotency-Key"] for _path, headers, _body in other.heard}) == 1
    assert len({body for _path, _headers, body in other.heard}) == 1


@pytest.mark.parametrize("answer", [400, 404, 410, 302])
def test_an_answer_that_will_not_change_is_final_and_in_sight(cast, other, climb, answer, client):
    other.answers = [answer]
    pass_time(cast, seconds=1)
    assert (Webhook.objects.get().state, len(other.heard)) == (Webhook.State.DEAD, 1)
    assert Event.objects.filter(verb="climb.webhook_failed").count() == 1
    page = cast.signed_in(client, cast.ines).get(f"/settings/ladders/{climb.ladder_id}").content.decode()
    assert "Another system could not be told" in page and f"HTTP {answer}" in page
    client.post(f"/settings/ladders/{climb.ladder_id}/retry")
    row = Webhook.objects.get()
    assert (row.state, row.attempts) == (Webhook.State.WAITING, 0)


def test_after_ten_hours_of_silence_it_is_left(cast, other, climb):
    other.server.shutdown()
    other.server.server_close()
    for wait in (timedelta(seconds=1), *BACK_OFF):
        cast.now += wait
        call_due(cast.now)
    assert Webhook.objects.get().state == Webhook.State.DEAD


def test_who_has_it_stops_what_has_not_left(cast, other, climb):
    other.answers = [503]
    pass_time(cast, seconds=1)
    actions.acknowledge(climb, by=cast.ines, now=cast.now)
    pass_time(cast, minutes=20)
    assert (len(other.heard), Webhook.objects.get().state) == (1, Webhook.State.TAKEN_BACK)


def test_its_link_is_the_way_to_have_it(cast, other, climb):
    pass_time(cast, seconds=1)
    have = json.loads(other.heard[0][2])["have"]
    assert have == "" or read_token(have.rstrip("/").rpartition("/")[2]) == climb.tellings.get().pk


def test_a_rung_may_tell_another_system_besides(cast, other):
    switched_on(cast, other.url, by=["product", "mail"], does=["webhook"])
    ticket = cast.writes(cast.carla)
    climb = actions.climb_now(ticket, by=cast.ada, now=cast.now)
    actions.acknowledge(climb, by=cast.ines, now=cast.now)
    pass_time(cast, seconds=1)
    [(_path, _headers, body)] = other.heard
    assert "person" not in json.loads(body), "it is about the rung, and is told also when somebody has it"


# Never inside


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_nothing_in_a_private_network_is_called(host, settings):
    settings.PRIVATE_WEBHOOKS = []
    with pytest.raises(calling.Refused, match="private"):
        calling.post(f"http://{host}:9/", b"{}", {})


@pytest.mark.parametrize(
    "url",
    ["", "example.com", "ftp://example.com/", "file:///etc/passwd", "http://", "https://a b/", "http://x:99999/",
     "http://me:secret@example.com/", "https://example.com/\r\nX: y", "gopher://127.0.0.1/"],
)  # fmt: skip
def test_what_is_no_address_is_refused_when_it_is_written(cast, url):
    with pytest.raises(ValidationError):
        switched_on(cast, url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "192.168.0.5"])
def test_so_is_an_address_inside(cast, host):
    with pytest.raises(ValidationError, match="private network"):
        switched_on(cast, f"https://{host}/hook")


def test_a_name_that_leads_inside_is_refused_when_it_is_called(cast, monkeypatch):
    switched_on(cast, "https://pager.example/hook")
    inside = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(calling.socket, "getaddrinfo", lambda *_a, **_k: inside)
    actions.climb_now(cast.writes(cast.carla), by=cast.ada, now=cast.now)
    pass_time(cast, seconds=1)
    assert (Webhook.objects.get().state, Webhook.objects.get().error) == ("dead", "refused: private")


def test_whoever_answers_for_ever_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(calling, "LONGEST_CALL", 0.2)
    silent = threading.Event()

    class Drip(BaseHTTPRequestHandler):
        def do_POST(self):
            silent.wait(5)

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Drip)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        with pytest.raises(calling.Unreached):
            calling.post(f"http://127.0.0.1:{server.server_port}/", b"{}", {}, allowed=["127.0.0.1"])
    finally:
        silent.set()
        server.shutdown()
        server.server_close()


def test_a_rolled_back_climb_calls_nobody(cast, other):
    switched_on(cast, other.url)
    ticket = cast.writes(cast.carla)
    with suppress(ZeroDivisionError), transaction.atomic():
        actions.climb_now(ticket, by=cast.ada, now=cast.now)
        raise ZeroDivisionError
    pass_time(cast, seconds=1)
    assert not Climb.objects.exists() and not other.heard
