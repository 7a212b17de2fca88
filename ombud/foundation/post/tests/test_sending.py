"""A letter leaves the house."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.post.actions import TooLate, retry, take_back
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.models import Letter
from ombud.lib import files
from ombud.lib.mail.tokens import make_token, read_token

CARLA = "carla@acme-outdoor.example"


def verbs():
    return list(Event.objects.filter(verb__startswith="letter.").values_list("verb", flat=True))


def test_a_reply_arrives_as_it_was_written(support, server, write, now):
    letter = write(from_name="Ada Lindqvist", cc=[["", "rui@acme-outdoor.example"]])
    assert send_due(now) == 1
    [arrived] = server.letters
    assert arrived.sender == "support@desk.test"
    assert arrived.recipients == [CARLA, "rui@acme-outdoor.example"]
    assert arrived.message["From"] == "Ada Lindqvist <support@desk.test>"
    assert arrived.message["To"] == "Carla Benítez <carla@acme-outdoor.example>"
    assert arrived.message["Subject"] == "Re: Etiquetas rechazadas en Cádiz"
    assert arrived.message.get_body(["plain"]).get_content().strip() == "Hola Carla, lo estoy mirando."
    assert "<p>Hola Carla" in arrived.message.get_body(["html"]).get_content()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error, letter.due_at) == ("sent", 1, "", None)
    assert Event.objects.get(verb="letter.sent").case_id == letter.case_id


def test_an_answer_is_known_by_its_ids_and_by_the_address_it_goes_to(support, server, write, now):
    token = make_token(b"key", 4131)
    write(reply_token=token, in_reply_to="<their@id>", references=["<first@id>", "<their@id>"])
    send_due(now)
    message = server.letters[0].message
    assert message["In-Reply-To"] == "<their@id>"
    assert message["References"] == "<first@id> <their@id>"
    assert read_token(b"key", message["Message-ID"]) == 4131
    assert read_token(b"key", message["Reply-To"]) == 4131
    assert message["Reply-To"].startswith("Parcelline <support+t4131.")


def test_a_mailbox_without_sub_addresses_is_answered_at_its_own(support, server, write, now):
    support.plus_addressing = False
    write(support, reply_token=make_token(b"key", 4131))
    send_due(now)
    assert server.letters[0].message["Reply-To"] is None


@pytest.mark.parametrize(
    ("kind", "submitted"),
    [("acknowledgement", "auto-replied"), ("notice", "auto-generated"), ("reply", None), ("forward", None)],
)
def test_what_a_machine_wrote_says_so(support, server, write, now, kind, submitted):
    write(kind=kind)
    send_due(now)
    message = server.letters[0].message
    assert message["Auto-Submitted"] == submitted
    assert message["X-Auto-Response-Suppress"] == ("All" if submitted else None)
    assert message["List-Unsubscribe"] is None


def test_blind_copies_stand_on_the_envelope_only(support, server, write, now):
    write(bcc=[["", "ines@parcelline.example"]])
    send_due(now)
    assert server.letters[0].recipients == [CARLA, "ines@parcelline.example"]
    assert b"ines@" not in server.letters[0].raw


def test_files_go_along(support, server, write, now):
    kept = files.keep("étiquette".encode())
    enclosed = {"name": "étiquette.txt", "content_type": "text/plain", "sha256": kept, "size": 10}
    write(attachments=[{**enclosed, "inline": False, "content_id": ""}])
    send_due(now)
    [attachment] = server.letters[0].message.iter_attachments()
    assert attachment.get_filename() == "étiquette.txt"
    assert attachment.get_payload(decode=True) == "étiquette".encode()


def test_the_same_effect_is_one_letter(support, server, write, now):
    assert write().pk == write(subject="Something else").pk
    send_due(now)
    assert [m.message["Subject"] for m in server.letters] == ["Re: Etiquetas rechazadas en Cádiz"]


def test_a_letter_is_held_until_its_time(support, server, write, now):
    write(hold=timedelta(seconds=10))
    assert send_due(now + timedelta(seconds=9)) == 0
    assert send_due(now + timedelta(seconds=10)) == 1
    assert len(server.letters) == 1


def test_a_held_letter_can_be_taken_back(support, server, write, now, ada):
    letter = write(hold=timedelta(seconds=10))
    take_back(letter, by=ada, now=now)
    assert send_due(now + timedelta(seconds=10)) == 0
    assert letter.state == "taken_back"
    assert verbs() == ["letter.taken_back"]


def test_what_has_left_cannot_be_taken_back(support, write, now, ada):
    letter = write()
    send_due(now)
    with pytest.raises(TooLate):
        take_back(letter, by=ada, now=now)


def test_what_is_just_leaving_cannot_be_taken_back(support, write, now, ada):
    letter = write()
    Letter.objects.lease(now, now + timedelta(minutes=10), leased_at=now)
    with pytest.raises(TooLate):
        take_back(letter, by=ada, now=now)


@pytest.mark.parametrize(
    "to", [[], [["Carla", "carla"]], [["Carla", "carla@a.example\r\nBcc: all@b.example"]]]
)
def test_a_letter_to_nobody_is_refused_with_a_sentence(support, write, to):
    with pytest.raises(ValidationError):
        write(to=to)
    assert not Letter.objects.exists()


def test_a_stranger_s_broken_message_id_does_not_stop_our_answer(support, server, write, now):
    write(in_reply_to="no id at all", references=["<gut@id>", "übel"])
    send_due(now)
    assert server.letters[0].message["References"] == "<gut@id>"


def test_without_a_mail_server_letters_are_kept_for_everyone_to_see(write, now, settings, tmp_path, support):
    settings.DATA = tmp_path
    support.smtp_host = ""
    support.save()
    letter = write()
    send_due(now)
    letter.refresh_from_db()
    assert letter.state == "kept"
    message = message_from_bytes(
        (tmp_path / "outbox" / f"{letter.pk}.eml").read_bytes(), policy=policy.default
    )
    assert message["Subject"] == "Re: Etiquetas rechazadas en Cádiz"
    assert verbs() == ["letter.sent"]


def test_a_kept_letter_can_be_sent_once_there_is_a_server(
    write, now, settings, tmp_path, support, server, ada
):
    settings.DATA = tmp_path
    letter = write()
    support.smtp_host = ""
    support.save()
    send_due(now)
    settings.SMTP_URL = f"smtp://127.0.0.1:{server.port}"
    retry(letter, by=ada, now=now)
    send_due(now)
    letter.refresh_from_db()
    assert (letter.state, len(server.letters)) == ("sent", 1)


def test_one_connection_carries_a_batch(support, server, write, now):
    for number in range(5):
        write(key=f"reply:{number}")
    assert send_due(now) == 5
    assert (len(server.letters), server.greetings) == (5, 1)
