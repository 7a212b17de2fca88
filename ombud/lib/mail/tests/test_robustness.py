"""No bytes break the reader, and none make it slow."""

import base64
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ombud.lib.mail import NotUnderstood, understand
from ombud.lib.mail.explain import explain
from ombud.lib.mail.parts import MAX_PARTS
from ombud.lib.mail.tests.letters import letter, multipart

_MB = 1024 * 1024
# Large enough to tell linear from quadratic time, small enough to be tried on every run.
_BIG = 4 * _MB
# Generous: other tests share the machine. Quadratic behaviour takes minutes with these sizes.
_PATIENCE = 8.0

_HOSTILE = {
    "megabytes of short lines": letter("a:\n" * (_BIG // 3)),
    "megabytes in one line": letter("x" * _BIG),
    "megabytes of quoted lines": letter("> > a\n" * (_BIG // 6)),
    "megabytes of almost attributions": letter(("On 3 Mar 2025 10:12 " + "x" * 370 + ":\n") * (_BIG // 392)),
    "megabytes of almost headers": letter("From: ada@desk.test\nhello\n" * (_BIG // 26)),
    "megabytes of rules": letter("-" * _BIG + "x"),
    "megabytes of flowed lines": letter("a \n" * (_BIG // 3), content_type="text/plain; format=flowed"),
    "megabytes of base64": letter(
        base64.encodebytes(b"x" * (_BIG // 2)).decode(), headers={"Content-Transfer-Encoding": "base64"}
    ),
    "megabytes of quoted-printable": letter(
        "=3D=\n" * (_BIG // 5), headers={"Content-Transfer-Encoding": "quoted-printable"}
    ),
    "megabytes of HTML": letter("<p>Hola <b>mundo</b></p>\n" * (_BIG // 25), content_type="text/html"),
    "megabytes of open tags": letter("<div><b class=x>" * (_BIG // 16), content_type="text/html"),
    "nested formatting": letter(
        "".join(f"<b class=c{n}><table><td></b>" for n in range(6_000)), content_type="text/html"
    ),
    "many attributes": letter(
        "<b " + " ".join(f"a{n}" for n in range(100_000)) + ">", content_type="text/html"
    ),
    "bold field names": letter("<b>From:</b>" * 60_000, content_type="text/html"),
    "many quotes in HTML": letter("<blockquote type=cite>a</blockquote>b" * 20_000, content_type="text/html"),
    "unclosed comment": letter("<!--" * (_BIG // 4), content_type="text/html"),
    "100,000 references": letter(
        headers={"References": " ".join(f"<{n}@x.example>" for n in range(100_000))}
    ),
    "100,000 folded references": letter(
        headers={"References": "\n ".join(f"<{n}@x.example>" for n in range(100_000))}
    ),
    "100,000 recipients": letter(headers={"To": ", ".join(f"Ada <a{n}@x.example>" for n in range(100_000))}),
    "open quote in To": letter(headers={"To": '"a' * 50_000}),
    "open angles in To": letter(headers={"To": "<" * 100_000}),
    "open encoded words": letter(headers={"Subject": "=?utf-8?q?" * 50_000}),
    "parameters without end": letter(content_type='text/plain; a="' + '\\"' * 60_000),
    "100,000 headers": letter(headers={f"X-{n}": "a" for n in range(100_000)}),
    "100,000 header lines without colon": b"junk\n" * 100_000 + letter("hello"),
    "10,000 parts": multipart(*["Content-Type: text/plain\n\na"] * 10_000),
    "megabytes of boundaries": letter(
        "--cut\n" * (_BIG // 6), content_type='multipart/mixed; boundary="cut"'
    ),
    "megabytes of almost boundaries": letter(
        "--cutx\n" * (_BIG // 7), content_type='multipart/mixed; boundary="cut"'
    ),
    "nested 2,000 deep": letter(
        "".join(f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(2_000)),
        content_type='multipart/mixed; boundary="b0"',
    ),
    "the same boundary nested": letter(
        '--b\nContent-Type: multipart/mixed; boundary="b"\n\n' * 2_000,
        content_type='multipart/mixed; boundary="b"',
    ),
    "enclosed mails": letter("Content-Type: message/rfc822\n\n" * 100_000, content_type="message/rfc822"),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_mail_takes_time_in_proportion_to_its_size(name):
    began = time.perf_counter()
    seen = explain(_HOSTILE[name], name)
    understand(_HOSTILE[name]).html  # noqa: B018 - worked out when asked for
    took = time.perf_counter() - began
    assert "error" not in seen
    assert took < _PATIENCE, f"{name} took {took:.1f} s"


@given(st.binary(max_size=3_000))
@settings(max_examples=200, deadline=2_000, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_understood_or_refused_with_a_sentence(raw):
    seen = explain(raw, "any")
    assert seen.get("error", "ok")


_PIECES = st.sampled_from(
    [
        *(
            piece.encode()
            for piece in [
                "From: ",
                "a@b.example",
                "<",
                ">",
                "\n",
                "\r\n",
                "\r",
                "\n\n",
                " ",
                "\t",
                ":",
                ";",
                "=",
                '"',
                "--",
                "(",
                ")",
                "2025",
                "> ",
                "?=",
            ]
        ),
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"--x\n",
        b"--x\n\n",
        b"--x--\n",
        b"\x00",
        b"\xe9",
        b"\xff\xfe",
        b"Content-Type: text/html; charset=utf-7\n\n",
        b"Content-Type: text/plain; charset=utf-16\n\n",
        b"Content-Type: message/delivery-status\n\n",
        b"Content-Type: message/rfc822\n\n",
        b"Content-Disposition: attachment; filename=",
        b"Content-Transfer-Encoding: base64\n",
        b"=?utf-8?B?4pyT?=",
        b"=?gbk?Q?",
        b"filename*0*=utf-8''a%FF",
        b"On Mon, 3 Mar 2025 Ada wrote:\n",
        b"From: x\nSent: y\nTo: z\n",
        b"-- \n",
        b"## a ##\n",
        b"<div>",
        b"<blockquote type=cite>",
        b"Status: 5.1.1\n",
        b"Date: ",
        b"References: <",
        b"Subject: ",
        b"MIME-Version: 1.0\n",
        "主题：".encode(),
        "发件人：".encode("gbk"),
    ]
)


@given(st.lists(_PIECES, max_size=60))
@settings(max_examples=400, deadline=2_000, suppress_health_check=list(HealthCheck))
def test_broken_mail_is_understood_or_refused_with_a_sentence(pieces):
    raw = b"From: a@b.example\n" + b"".join(pieces)
    seen = explain(raw, "broken")
    if "error" not in seen and seen["text"].strip():
        assert seen["reply_text"].strip()


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"   \r\n", b"\x00\x00", b"hello there", b"Subject: no sender\n\nhi"]
)
def test_what_has_no_sender_is_refused_with_a_sentence(raw):
    with pytest.raises(NotUnderstood, match=r"The mail .+\."):
        understand(raw)


def test_a_sender_is_found_elsewhere_when_from_is_missing():
    assert understand(b"Return-Path: <ada@desk.test>\n\nhi").from_[0].address == "ada@desk.test"
    assert (
        understand(b"From ada@desk.test Mon Mar  3 2025\nSubject: x\n\nhi").from_[0].address
        == "ada@desk.test"
    )
    assert understand(b"From: Ada\nSender: ada@desk.test\n\nhi").from_[0].address == "ada@desk.test"


def test_a_missing_final_boundary_loses_nothing():
    mail = understand(
        multipart("Content-Type: text/plain\n\none", "Content-Type: text/plain\n\ntwo", closed=False)
    )
    assert mail.text == "one\n\ntwo"


@pytest.mark.parametrize("declared", ["", "; boundary=other", '; boundary=""'])
def test_a_wrong_or_missing_boundary_is_guessed(declared):
    body = "--cut\nContent-Type: text/plain\n\nhello\n--cut\nContent-Type: image/png\n\nabc\n--cut--\n"
    mail = understand(letter(body, content_type="multipart/mixed" + declared))
    assert mail.text == "hello"
    assert [part.content for part in mail.attachments] == [b"abc"]
    assert any("boundary" in sentence for sentence in mail.why)


def test_a_multipart_that_is_none_is_read_as_text():
    mail = understand(letter("just words", content_type="multipart/mixed; boundary=cut"))
    assert mail.text == "just words"


def test_parts_beyond_the_limit_are_said_to_be_left():
    mail = understand(multipart(*["Content-Type: image/png\n\na"] * (MAX_PARTS + 50)))
    assert len(mail.attachments) >= MAX_PARTS
    assert any(str(MAX_PARTS) in sentence for sentence in mail.why)


def test_header_lines_without_colon_are_skipped():
    assert understand(b"From: a@b.example\nthis is junk\nSubject: Hello\n\nhi").subject == "Hello"


def test_text_right_after_the_headers_is_text():
    mail = understand(b"From: a@b.example\nSubject: Hello\nthe printer is broken\nreally\n")
    assert mail.text == "the printer is broken\nreally"


def test_bare_carriage_returns_end_lines():
    mail = understand(b"From: a@b.example\rSubject: Hello\r\rone\rtwo")
    assert (mail.subject, mail.text) == ("Hello", "one\ntwo")


def test_nul_bytes_are_left_out():
    assert understand(letter("a\x00b")).text == "ab"


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", "SG9sYQ==", "Hola"),
        ("base64", "SG9sYQ", "Hola"),
        ("BASE64 ", "SG9sYSBtdW5kbywg\n!YWRpb3M=\n", "Hola mundo, adios"),
        ("base64", "this is not base64 at all, is it? (no!)", "this is not base64 at all, is it? (no!)"),
        ("quoted-printable", "Se=C3=B1or=\n a =ZZ 100%", "Señor a =ZZ 100%"),
        ("8bit; foo", "Hola", "Hola"),
        ("klingon", "Hola", "Hola"),
        ("x-uuencode", "begin 644 a.txt\n$2&]L80  \n`\nend\n", "Hola"),
    ],
)
def test_transfer_encodings_are_undone_however_malformed(encoding, body, text):
    assert understand(letter(body, headers={"Content-Transfer-Encoding": encoding})).text == text
