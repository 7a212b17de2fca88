"""Names, subjects, dates, thread and file names out of headers, right and wrong."""

import email
import email.policy
from datetime import UTC, datetime

import pytest

from ombud.lib.mail import Address, understand
from ombud.lib.mail.addresses import MAX_ADDRESSES, read_addresses
from ombud.lib.mail.dates import read_date
from ombud.lib.mail.headers import decode_words, parameters
from ombud.lib.mail.ids import MAX_REFERENCES
from ombud.lib.mail.tests.letters import letter, multipart


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Impresora_rota?=", "Impresora rota"),
        ("=?UTF-8?B?5omT5Y2w5py6?=", "打印机"),
        ("=?utf-8*en?Q?a?=", "a"),
        ("Re: =?iso-8859-1?q?a=E9?= b", "Re: aé b"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?=\n =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= and =?utf-8?q?b?=", "a and b"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=E9?=", "aé"),
        ("=?utf-8?q?With spaces inside?=", "With spaces inside"),
        ("=?utf-8?b?5omT5Y2w5p?= =?utf-8?b?y6?=", "打印机"),
        ("=?utf-8?q?=E6=89?= =?utf-8?q?=93?=", "打"),
        ("=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("=?gb2312?B?tPLTobv6?=", "打印机"),
        ("=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=", "こん"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?unknown-8bit?q?caf=E9?=", "café"),
        ("=?utf-8?q?caf=E9?=", "café"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        ("a =? b ?= c", "a =? b ?= c"),
        ("=?utf-8?b?YQ?=", "a"),
        ("=?utf-8?q??=", ""),
    ],
)
def test_encoded_words_are_decoded_also_when_broken(value, text):
    assert decode_words(value.replace("\n", "")) == text


def test_raw_eight_bit_subjects_are_read():
    for charset in ("utf-8", "latin-1"):
        raw = "From: a@b.example\nSubject: Avería señor\n\nx".encode(charset)
        assert understand(raw).subject == "Avería señor"


def test_a_subject_is_one_line():
    assert understand(b"From: a@b.example\nSubject: one\n two\n\tthree\n\nx").subject == "one two three"
    assert "\n" not in understand(b"From: a@b.example\nSubject: =?utf-8?q?a=0Ab?=\n\nx").subject


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("ada@Desk.TEST", [("", "ada@desk.test")]),
        ("Ada Lindqvist <Ada@Desk.Test>", [("Ada Lindqvist", "Ada@desk.test")]),
        ('"Lindqvist, Ada" <ada@desk.test>', [("Lindqvist, Ada", "ada@desk.test")]),
        ("Lindqvist, Ada <ada@desk.test>", [("Lindqvist, Ada", "ada@desk.test")]),
        ("ada@desk.test (Ada Lindqvist)", [("Ada Lindqvist", "ada@desk.test")]),
        ("=?utf-8?q?In=C3=A9s_Ferrer?= <ines@desk.test>", [("Inés Ferrer", "ines@desk.test")]),
        ('"=?utf-8?q?Ferrer=2C_In=C3=A9s?=" <ines@desk.test>', [("Ferrer, Inés", "ines@desk.test")]),
        (
            "a@b.example, c@d.example; e@f.example",
            [("", "a@b.example"), ("", "c@d.example"), ("", "e@f.example")],
        ),
        ("a@b.example, A <a@b.example>", [("", "a@b.example")]),
        ("undisclosed-recipients:;", []),
        ("Team: a@b.example, Bo <c@d.example>;", [("", "a@b.example"), ("Bo", "c@d.example")]),
        ("<@relay.example:a@b.example>", [("", "a@b.example")]),
        ("'a@b.example' <a@b.example>", [("", "a@b.example")]),
        ("Ada <mailto:ada@desk.test>", [("Ada", "ada@desk.test")]),
        ("Ada ada@desk.test", [("Ada", "ada@desk.test")]),
        ("<ada@desk.test", [("", "ada@desk.test")]),
        ("Ada <ada@desk.test.>", [("Ada", "ada@desk.test")]),
        ("Ada <not an address>", []),
        ('"john doe"@b.example', [("", '"john doe"@b.example')]),
        ("jörg@exämple.de", [("", "jörg@exämple.de")]),
        ("a@@b.example", []),
        ("", []),
        (",,;", []),
    ],
)
def test_addresses_are_read_however_written(value, people):
    found, _ = read_addresses(value.encode("utf-8").decode("latin-1"))
    assert list(found) == [Address(name, address) for name, address in people]


def test_a_circular_to_everybody_is_cut():
    found, _ = read_addresses(", ".join(f"a{n}@b.example" for n in range(MAX_ADDRESSES + 100)))
    assert len(found) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("Mon, 3 Mar 2025 10:12:01 +0100", datetime(2025, 3, 3, 9, 12, 1, tzinfo=UTC)),
        ("3 Mar 2025 10:12 -0530", datetime(2025, 3, 3, 15, 42, tzinfo=UTC)),
        ("Mon, 3 Mar 2025 10:12:01 GMT", datetime(2025, 3, 3, 10, 12, 1, tzinfo=UTC)),
        ("Mon, 03 Mar 25 10:12:01 EST", datetime(2025, 3, 3, 15, 12, 1, tzinfo=UTC)),
        ("Mon, 3 Mar 2025 10:12:60 +0000 (UTC)", datetime(2025, 3, 3, 10, 12, 59, tzinfo=UTC)),
        ("Mon, 31 Feb 2025 10:12:01 +0000", None),
        ("Mon, 3 Mar 2025 10:12:01 +9999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_aware_and_in_utc(value, at):
    assert read_date(value) == at


def test_references_are_in_order_each_once_and_end_with_what_is_answered():
    mail = understand(letter(headers={"References": "<a@x> <b@x>\n <a@x>", "In-Reply-To": "<c@x>"}))
    assert mail.references == ("<a@x>", "<b@x>", "<c@x>")
    assert mail.in_reply_to == "<c@x>"
    mail = understand(
        letter(headers={"References": "<a@x>,<b@x>", "In-Reply-To": "Your message <b@x> of Monday"})
    )
    assert mail.references == ("<a@x>", "<b@x>")


def test_ids_without_brackets_get_them():
    mail = understand(letter(headers={"Message-ID": " a@x ", "In-Reply-To": "b@x"}))
    assert (mail.message_id, mail.in_reply_to) == ("<a@x>", "<b@x>")
    assert understand(letter(headers={"Message-ID": None})).message_id is None


def test_of_too_many_references_the_first_and_the_latest_are_kept():
    mail = understand(letter(headers={"References": " ".join(f"<{n}@x>" for n in range(5_000))}))
    assert len(mail.references) == MAX_REFERENCES
    assert (mail.references[0], mail.references[-1]) == ("<0@x>", "<4999@x>")
    assert any("references" in sentence for sentence in mail.why)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a b.pdf", "a b.pdf"),
        ("attachment; filename*=utf-8''%E6%89%93.pdf", "打.pdf"),
        ("attachment; filename*=utf-8'es'a%20b.pdf; filename=c.pdf", "a b.pdf"),
        ("attachment; filename*0=one; filename*1=two.pdf", "onetwo.pdf"),
        ("attachment; filename*1*=%93.pdf; filename*0*=utf-8''%E6%89", "打.pdf"),
        ('attachment; filename="=?utf-8?b?5omTLnBkZg==?="', "打.pdf"),
        ("attachment; filename==?utf-8?b?5omTLnBkZg==?=", "打.pdf"),
        ('attachment; filename="unclosed.pdf', "unclosed.pdf"),
        (r'attachment; filename="a\"b.pdf"', 'a"b.pdf'),
        ('attachment; filename="señal.pdf"', "señal.pdf"),
    ],
)
def test_file_names_are_read_however_encoded(value, name):
    _, found = parameters(value.encode("utf-8").decode("latin-1"))
    assert found["filename"] == name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\Users\\\\a\\\\b.txt", "b.txt"),
        ("..", "attachment-1.bin"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("x" * 300 + ".pdf", "x" * 140 + ".pdf"),
        ("<b>.png", "b.png"),
    ],
)
def test_file_names_lead_nowhere(given, shown):
    part = (
        f'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{given}"\n\nabc'
    )
    assert understand(multipart(part)).attachments[0].name == shown


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Avería – señor"),
        ("iso-8859-1", "Avería señor"),
        ("windows-1252", "Avería “señor” €"),
        ("gb2312", "打印机坏了，请帮助我们"),
        ("gbk", "打印机壞了"),
        ("gb18030", "打印机坏了"),
        ("big5", "印表機壞了，請幫忙"),
        ("shift_jis", "プリンターが動きません"),
        ("iso-2022-jp", "プリンターが動きません"),
        ("euc-jp", "プリンターが動きません"),
        ("euc-kr", "프린터가 작동하지 않습니다"),
        ("koi8-r", "Принтер не работает"),
        ("windows-1251", "Принтер не работает"),
        ("utf-7", "Avería – señor"),
        ("utf-16", "Avería"),
    ],
)
def test_declared_character_sets_are_read(charset, text):
    assert understand(letter(raw_body=text.encode(charset), charset=charset)).text == text


@pytest.mark.parametrize(
    "declared", [None, "us-ascii", "x-klingon", "utf-8", "zlib", "unicode_escape", "8bit", ""]
)
@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Avería señor"),
        ("latin-1", "La impresora tiene una avería, señor. Gracias por su atención."),
        ("cp1252", "L’imprimante ne marche pas, c’était déjà arrivé"),
        ("gbk", "您好，我们的打印机坏了，请帮助我们。谢谢！"),
        ("big5", "您好，我們的印表機壞了，請問什麼時候會修好？謝謝！"),
        ("shift_jis", "こんにちは。プリンターが動きません。よろしくお願いします。"),
        ("iso-2022-jp", "こんにちは。プリンターが動きません。"),
        ("koi8-r", "Здравствуйте, наш принтер не работает. Спасибо!"),
        ("cp1251", "Здравствуйте, наш принтер не работает. Спасибо!"),
        ("euc-kr", "안녕하세요. 프린터가 작동하지 않습니다. 감사합니다."),
    ],
)
def test_wrong_or_missing_character_sets_are_guessed(declared, charset, text):
    content_type = f"text/plain; charset={declared}" if declared is not None else "text/plain"
    if declared == "us-ascii" and charset not in ("utf-8", "latin-1", "cp1252", "iso-2022-jp"):
        pytest.skip("eight-bit letters declared as ASCII are read as Windows-1252")
    mail = understand(letter(raw_body=text.encode(charset), content_type=content_type))
    assert mail.text == text


def test_utf8_declared_as_latin1_is_utf8():
    mail = understand(letter(raw_body="Avería señor".encode(), charset="iso-8859-1"))
    assert mail.text == "Avería señor"
    assert any("UTF-8" in sentence for sentence in mail.why)


def test_who_it_was_delivered_to_and_which_list_sent_it():
    mail = understand(
        letter(
            headers={
                "X-Original-To": "help@Desk.test",
                "Delivered-To": "box@desk.test",
                "List-Id": "Us <us.x.example>",
            }
        )
    )
    assert mail.delivered_to == ("help@desk.test", "box@desk.test")
    assert mail.list_id == "us.x.example"
    assert mail.header("x-original-to") == "help@Desk.test"


_WELL_FORMED = multipart(
    "Content-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: quoted-printable\n\nSe=C3=B1or\n--in\nContent-Type:"
    " text/html\n\n<p>x</p>\n--in--\n",
    'Content-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\nYWJj\n',
    "Content-Type: message/rfc822\n\nFrom: b@c.example\nSubject: inner\n\nhello",
)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_well_formed_mail_is_read_as_the_standard_library_reads_it(line_end):
    raw = _WELL_FORMED.replace(b"\n", line_end)
    reference = email.message_from_bytes(raw, policy=email.policy.default)
    mail = understand(raw)
    assert mail.subject == reference["subject"]
    assert mail.text == reference.get_body(("plain",)).get_content().strip()
    assert mail.attachments[0].content == next(p for p in reference.walk() if p.get_filename()).get_payload(
        decode=True
    )
    assert [part.name for part in mail.attachments] == ["a.png", "inner.eml"]
