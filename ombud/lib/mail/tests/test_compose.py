"""Outgoing mail: read back by the standard library, and by ourselves."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ombud.lib.mail import (
    Address,
    CannotCompose,
    Enclosure,
    compose,
    make_token,
    read_token,
    reply_address,
    understand,
    without_token,
)

_FIELDS = {
    "from_": Address("Inés Ferrer, Parcelline", "support@desk.test"),
    "to": [Address("Carla Benítez", "carla@acme.example")],
    "subject": "Re: Impresora averiada",
    "text": "Buenos días:\n\nya está.\n",
    "message_id": "<t1001.a@desk.test>",
    "date": datetime(2025, 3, 3, 9, 12, tzinfo=UTC),
}


def _read(**fields):
    return email.message_from_bytes(compose(**{**_FIELDS, **fields}), policy=email.policy.default)


def test_what_is_composed_is_read_back():
    mail = understand(
        compose(
            **_FIELDS,
            cc=[Address("", "emil@desk.test"), Address("林晓雯", "lin@desk.test")],
            reply_to=[Address("", "support+x@desk.test")],
            html='<p>ya está <img src="cid:logo@desk.test"></p>',
            in_reply_to="<b@acme.example>",
            references=["<a@acme.example>", "<b@acme.example>"],
            headers={"Auto-Submitted": "auto-replied"},
            attachments=[
                Enclosure("logo.png", b"png", content_id="logo@desk.test"),
                Enclosure("año 报告.pdf", b"%PDF" * 100),
            ],
        )
    )
    assert mail.from_ == (_FIELDS["from_"],)
    assert mail.to == tuple(_FIELDS["to"])
    assert [a.name for a in mail.cc] == ["", "林晓雯"]
    assert (mail.subject, mail.text) == ("Re: Impresora averiada", "Buenos días:\n\nya está.")
    assert mail.references == ("<a@acme.example>", "<b@acme.example>")
    assert mail.date == _FIELDS["date"]
    assert [(p.name, p.inline, p.content_type) for p in mail.attachments] == [
        ("logo.png", True, "image/png"),
        ("año 报告.pdf", False, "application/pdf"),
    ]
    assert mail.attachments[1].content == b"%PDF" * 100
    assert mail.auto_reply


def test_the_same_fields_give_the_same_bytes():
    fields = {**_FIELDS, "html": "<p>a</p>", "attachments": [Enclosure("a.txt", b"a")]}
    assert compose(**fields) == compose(**fields)


def test_lines_end_as_smtp_wants_and_are_short():
    raw = compose(
        **{**_FIELDS, "text": "ñ" * 5_000, "subject": "x " * 500},
        references=[f"<{n}@x.example>" for n in range(99)],
    )
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("field", ["subject", "name", "header"])
def test_line_breaks_add_no_header(field):
    evil = "a\r\nBcc: eve@evil.example\r\n\r\nbody"
    message = _read(
        subject=evil if field == "subject" else "a",
        to=[Address(evil if field == "name" else "", "carla@acme.example")],
        headers={"X-A": evil if field == "header" else "a"},
    )
    assert message["bcc"] is None
    assert message.get_content().startswith("Buenos")


@pytest.mark.parametrize(
    "fields",
    [
        {"to": [Address("", "a@b.example\r\nBcc: eve@evil.example")]},
        {"to": [Address("", "a@b.example, eve@evil.example")]},
        {"to": [Address("", "nobody")]},
        {"message_id": "<a@b>\r\nBcc: eve@evil.example"},
        {"message_id": "a@b"},
        {"in_reply_to": "<a b@c>"},
        {"headers": {"X-A: b\r\nBcc": "eve@evil.example"}},
        {"headers": {"Bcc": "eve@evil.example"}},
        {"date": datetime(2025, 3, 3)},  # noqa: DTZ001 - that is the mistake
    ],
)
def test_what_must_not_go_into_a_mail_is_refused(fields):
    with pytest.raises(CannotCompose, match=r".+\."):
        compose(**{**_FIELDS, **fields})


def test_long_ids_are_never_encoded():
    long = f"<{'x' * 200}@desk.test>"
    raw = compose(**_FIELDS, in_reply_to=long, references=[long])
    assert raw.count(long.encode()) == 2


def test_hostile_references_are_left_out():
    assert understand(
        compose(**_FIELDS, references=["<a@b>", "<c d>", "<é@x>", "x\r\nBcc: a@b"])
    ).references == ("<a@b>",)


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=2_000))
@settings(max_examples=150, deadline=1_000, suppress_health_check=list(HealthCheck))
def test_any_words_arrive(subject, name, text):
    message = _read(subject=subject, to=[Address(name, "carla@acme.example")], text=text)
    assert message["to"].addresses[0].addr_spec == "carla@acme.example"
    sent = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    assert message.get_payload(decode=True).decode().replace("\r\n", "\n").rstrip("\n") == sent.rstrip("\n")
    assert "".join(filter(str.isalnum, message["subject"] or "")) == "".join(filter(str.isalnum, subject))


_KEY = b"secret of the house"


def test_a_token_leads_back_to_its_ticket():
    token = make_token(_KEY, 1001)
    assert len(token) <= 24
    assert token == token.lower()
    for text in (
        token,
        reply_address("support@desk.test", token),
        f"<x@y> <{token}.9@desk.test>",
        token.upper(),
    ):
        assert read_token(_KEY, text) == 1001


def test_forged_and_foreign_tokens_lead_nowhere():
    token = make_token(_KEY, 1001)
    for forged in (
        token.replace("1001", "1002"),
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        "t1001.",
        "",
        "x" + token,
    ):
        assert read_token(_KEY, forged) is None
    assert read_token(b"another key", token) is None
    with pytest.raises(ValueError, match="ticket number"):
        make_token(_KEY, 0)


def test_the_mailbox_is_found_under_its_token():
    address = reply_address("support@desk.test", make_token(_KEY, 1001))
    assert without_token(address) == "support@desk.test"
    assert without_token("support+sales@desk.test") == "support+sales@desk.test"
    assert understand(b"From: a@b.example\nTo: " + address.encode() + b"\n\nx").to[0].address == address
