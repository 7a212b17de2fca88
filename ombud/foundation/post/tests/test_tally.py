"""Letters are written down as sent in groups, and none is forgotten on the way."""

import os

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from ombud.foundation.events.models import Event
from ombud.foundation.post import tally
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.models import Letter
from ombud.foundation.post.receipts import Receipts, receipts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def test_a_batch_is_one_transaction(support, server, write, now):
    for number in range(20):
        write(key=f"reply:{number}")
    with CaptureQueriesContext(connection) as asked:
        send_due(now)
    assert len(server.letters) == 20
    assert Letter.objects.filter(state="sent", accepted=["carla@acme-outdoor.example"]).count() == 20
    assert Event.objects.filter(verb="letter.sent").count() == 20
    assert len(asked) < 30


def test_a_slow_server_keeps_no_letter_waiting_for_the_others(support, server, write, now, monkeypatch):
    monkeypatch.setattr(tally, "SOON", 0)
    seen = []
    server.at_words = lambda: seen.append(len(receipts().unwritten()))
    for number in range(3):
        write(key=f"reply:{number}")
    send_due(now)
    assert seen == [0, 0, 0]


def test_when_the_database_goes_away_after_the_server_s_yes_the_letter_is_not_sent_again(
    support, server, write, now, monkeypatch
):
    def away(_left):
        raise OperationalError("the server closed the connection")

    letter = write()
    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(tally, "close_all", away)
        send_due(now)
    send_due(now)
    letter.refresh_from_db()
    assert (letter.state, len(server.letters)) == ("sent", 1)
    assert receipts().unwritten() == []


def test_the_next_process_reads_the_receipts_of_one_that_was_killed(support, write, now, data_folder):
    letter = write()
    Letter.objects.update(leased_at=now, attempts=1)
    theirs = Receipts(data_folder / "post")
    columns = {"accepted": ["carla@acme-outdoor.example"]}
    theirs.write(tally.Receipt(letter.pk, letter.case_id, now, 1, now, "sent", columns))
    tally.write_down_left_behind()
    letter.refresh_from_db()
    assert letter.state == "waiting", "it lives"
    os.close(theirs.file)
    with theirs.path.open("ab") as file:
        file.write(b'{"letter": 1, "cas')
    tally.write_down_left_behind()
    letter.refresh_from_db()
    assert (letter.state, letter.accepted, letter.repeated) == ("sent", columns["accepted"], False)
    assert not theirs.path.exists()


def test_a_receipt_for_a_letter_that_another_worker_has_says_nothing(support, write, now):
    letter = write()
    tally.close_all([tally.Receipt(letter.pk, letter.case_id, now, 1, now, "sent")])
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert not Event.objects.filter(verb="letter.sent").exists()


def test_without_room_for_receipts_letters_are_written_down_one_by_one(
    support, server, write, now, monkeypatch
):
    def full(_self, _receipt):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Receipts, "write", full)
    groups = []
    close_all = tally.close_all
    monkeypatch.setattr(tally, "close_all", lambda left: (groups.append(len(left)), close_all(left)))
    for number in range(3):
        write(key=f"reply:{number}")
    send_due(now)
    assert groups == [1, 1, 1]
    assert Letter.objects.filter(state="sent").count() == 3
