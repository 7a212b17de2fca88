"""What kind of mail it is: automatic, bounced, forwarded, spam; its language; its files."""

import hashlib

import pytest

from ombud.lib.mail import is_forward_subject, language_of, subject_core, understand
from ombud.lib.mail.tests.letters import letter, multipart


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated; x=y"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X-Autoreply": "yes"},
        {"X-Autorespond": "Out"},
        {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
        {"Return-Path": "<>"},
        {"From": "MAILER-DAEMON@x.example"},
        *(
            {"Subject": subject}
            for subject in (
                "Out of office",
                "Out of Office: back on Monday",
                "Automatic reply: Printer",
                "Auto: Printer",
                "Respuesta automática: Impresora",
                "Fuera de la oficina",
                "Réponse automatique : Imprimante",
                "Absence du bureau",
                "自动回复: 打印机",
                "自動回覆：印表機",
                "Automatische Antwort: Drucker",
                "Abwesenheitsnotiz: Drucker",
                "Automatisch antwoord: Printer",
                "Afwezig: Printer",
                "Risposta automatica: Stampante",
                "Resposta automática: Impressora",
                "Autosvar: Skrivare",
                "Odpowiedź automatyczna: Drukarka",
                "自動応答: プリンター",
                "Автоответ: Принтер",
            )
        ),
    ],
)
def test_automatic_mail_is_told(headers):
    mail = understand(letter("I am away.", headers=headers))
    assert mail.auto_reply
    assert any(sentence.startswith("It is automatic") for sentence in mail.why)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "no"},
        {"Precedence": "list"},
        {"Subject": "Re: Automatic reply: Printer"},
        {"Subject": "Automatically created labels are wrong"},
        {"Subject": "Autonomous robot"},
        {"Subject": "Our out-of-office printer"},
        {"Subject": "Absent colours in print"},
        {"X-Auto-Response-Suppress": "DR"},
    ],
)
def test_people_are_not_taken_for_robots(headers):
    assert not understand(letter("Hello", headers=headers)).auto_reply


_REPORT = multipart(
    "Content-Type: text/plain\n\nThe message could not be delivered.",
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.x.example\n\n{fields}",
    "Content-Type: message/rfc822\n\nFrom: support@desk.test\nMessage-ID: <ours@desk.test>\nSubject:"
    " Hi\n\nHello",
    kind="report; report-type=delivery-status",
    headers={"From": "Mail Delivery System <MAILER-DAEMON@x.example>", "Subject": "Undelivered Mail"},
).decode()


def test_a_delivery_report_is_a_bounce():
    fields = "Final-Recipient: rfc822; carla@Acme.example\nAction: failed\nStatus: 5.1.1\n"
    fields += "Diagnostic-Code: smtp; 550 5.1.1 no such user\n"
    bounce = understand(_REPORT.replace("{fields}", fields).encode()).bounce
    assert bounce.original_message_id == "<ours@desk.test>"
    assert bounce.recipient == "carla@acme.example"
    assert (bounce.status, bounce.permanent) == ("5.1.1", True)
    assert bounce.reason == "550 5.1.1 no such user"


def test_a_delayed_report_is_not_final():
    fields = "Final-Recipient: rfc822; carla@acme.example\nAction: delayed\nStatus: 4.4.1\n"
    bounce = understand(_REPORT.replace("{fields}", fields).encode()).bounce
    assert (bounce.status, bounce.permanent) == ("4.4.1", False)


def test_a_report_of_success_is_no_bounce():
    fields = "Final-Recipient: rfc822; carla@acme.example\nAction: delivered\nStatus: 2.0.0\n"
    mail = understand(_REPORT.replace("{fields}", fields).encode())
    assert mail.bounce is None
    assert mail.auto_reply


def test_of_several_recipients_the_failed_one_counts():
    fields = "Final-Recipient: rfc822; a@x.example\nAction: delivered\nStatus: 2.0.0\n\n"
    fields += "Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 5.2.2\n"
    assert understand(_REPORT.replace("{fields}", fields).encode()).bounce.recipient == "b@x.example"


_PLAIN_BOUNCES = {
    "exim": (
        {
            "From": "Mail Delivery System <Mailer-Daemon@mx.example>",
            "X-Failed-Recipients": "carla@acme.example",
        },
        "This message was created automatically by mail delivery software.\n\nA message that you sent"
        " could not be"
        " delivered to one or more of its\nrecipients. This is a permanent error. The following"
        " address(es) failed:\n\n"
        "  carla@acme.example\n    SMTP error from remote mail server after RCPT TO:<carla@acme.example>:\n"
        "    550 5.1.1 unknown user\n\n------ This is a copy of the message ------\n\nMessage-ID:"
        " <ours@desk.test>\n",
    ),
    "qmail": (
        {"From": "MAILER-DAEMON@mx.example", "Subject": "failure notice", "Return-Path": "<>"},
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your"
        " message.\n\n"
        "<carla@acme.example>:\nRemote host said: 550 5.1.1 unknown user\n\n--- Below this line is a copy"
        " of the message."
        "\n\nReturn-Path: <support@desk.test>\nMessage-ID: <ours@desk.test>\n",
    ),
    "Exchange": (
        {"From": "postmaster@acme.example", "Subject": "Undeliverable: Printer"},
        "Delivery has failed to these recipients or groups:\n\ncarla@acme.example\nThe address was not"
        " found.\n\n"
        "Diagnostic information for administrators:\n\ncarla@acme.example\nRemote Server returned '550"
        " 5.1.1 unknown"
        " user'\n\nOriginal message headers:\n\nMessage-ID: <ours@desk.test>\n",
    ),
}


@pytest.mark.parametrize("system", _PLAIN_BOUNCES)
def test_bounces_in_plain_words_are_told(system):
    headers, body = _PLAIN_BOUNCES[system]
    mail = understand(letter(body, headers=headers))
    assert mail.auto_reply
    assert mail.bounce.recipient == "carla@acme.example"
    assert mail.bounce.original_message_id == "<ours@desk.test>"
    assert (mail.bounce.status, mail.bounce.permanent) == ("5.1.1", True)
    assert "unknown user" in mail.bounce.reason


def test_a_person_asking_about_a_bounce_is_no_bounce():
    assert (
        understand(letter("This is the mail system at host x", subject="Undeliverable mail?")).bounce is None
    )


_FORWARDS = {
    "Gmail": "---------- Forwarded message ---------\nFrom: Bo Berg <bo@x.example>\nDate: Mon, Mar 3,"
    " 2025 at 10:12\n"
    "Subject: Broken\nTo: Carla <carla@acme.example>\n\n\nIt is broken.",
    "Gmail in Spanish": "---------- Mensaje reenviado ----------\nDe: Bo Berg <bo@x.example>\nFecha:"
    " lun\nAsunto: Broken\n"
    "Para: Carla\n\nIt is broken.",
    "Apple Mail": "Begin forwarded message:\n\n> From: Bo Berg <bo@x.example>\n> Subject: Broken\n> Date:"
    " 3 March 2025\n"
    "> To: Carla\n> \n> It is broken.",
    "Apple Mail in French": "Début du message transféré :\n\n> De: Bo Berg <bo@x.example>\n> Objet:"
    " Broken\n> À: Carla\n>\n"
    "> It is broken.",
    "Thunderbird": "-------- Forwarded Message --------\nSubject: \tBroken\nDate: \tMon\nFrom: \tBo Berg"
    " <bo@x.example>\n"
    "To: \tCarla\n\n\n\nIt is broken.",
    "Thunderbird in German": "-------- Weitergeleitete Nachricht --------\nBetreff: \tBroken\nDatum:"
    " \tMon\nVon: \tBo Berg"
    " <bo@x.example>\nAn: \tCarla\n\nIt is broken.",
    "Thunderbird in Chinese": "-------- 转发的消息 --------\n主题： \tBroken\n日期： \tMon\n"
    "发件人： \tBo Berg <bo@x.example>\n收件人： \tCarla\n\nIt is broken.",
    "Outlook": "________________________________\nFrom: Bo Berg <bo@x.example>\nSent: Monday\nTo:"
    " Carla\nSubject: Broken\n\n"
    "It is broken.",
    "Outlook in French": "De : Bo Berg <bo@x.example>\nEnvoyé : lundi\nÀ : Carla\nObjet : Broken\n\nIt is"
    " broken.",
    "Outlook in Chinese": "发件人: Bo Berg <bo@x.example>\n发送时间: 2025\n收件人: Carla\n主题: Broken\n\n"
    "It is broken.",
}


@pytest.mark.parametrize("program", _FORWARDS)
@pytest.mark.parametrize("comment", ["Please help him.\n\n", ""])
def test_a_forwarded_mail_is_told_from_the_comment(program, comment):
    mail = understand(letter(comment + _FORWARDS[program], subject="Fwd: Broken"))
    assert mail.forwarded.from_.address == "bo@x.example"
    assert mail.forwarded.from_.name == "Bo Berg"
    assert mail.forwarded.subject == "Broken"
    assert mail.forwarded.text == "It is broken."
    assert mail.reply_text == "Please help him." if comment else mail.reply_text


def test_a_forward_in_html_is_told():
    html = '<div>Help him.</div><div class="gmail_quote"><div class="gmail_attr">'
    html += "---------- Forwarded message ---------<br>From: <b>Bo Berg</b> &lt;<a href=mailto:bo@x.example>"
    html += "bo@x.example</a>&gt;<br>Date: Mon<br>Subject: Broken<br>"
    html += "To: Carla<br></div><br><br>It is broken.</div>"
    mail = understand(letter(html, content_type="text/html", subject="Fwd: Broken"))
    assert (mail.reply_text, mail.forwarded.text) == ("Help him.", "It is broken.")
    assert mail.forwarded.from_.address == "bo@x.example"


def test_an_enclosed_mail_is_a_forward_and_a_file():
    inner = "From: Bo <bo@x.example>\nSubject: Broken\nDate: Mon, 3 Mar 2025 10:12:00 +0000\n\nIt is broken."
    mail = understand(
        multipart("Content-Type: text/plain\n\nSee this.", f"Content-Type: message/rfc822\n\n{inner}")
    )
    assert mail.forwarded.from_.address == "bo@x.example"
    assert mail.forwarded.text == "It is broken."
    assert mail.attachments[0].name == "Broken.eml"


def test_a_digest_of_several_mails_is_no_forward():
    inner = "Content-Type: message/rfc822\n\nFrom: Bo <bo@x.example>\nSubject: a\n\nb"
    mail = understand(multipart("Content-Type: text/plain\n\nToday", inner, inner))
    assert mail.forwarded is None
    assert len(mail.attachments) == 2


def test_a_reply_with_the_same_block_is_no_forward():
    assert understand(letter("Yes.\n\n" + _FORWARDS["Outlook"], subject="RE: Broken")).forwarded is None


@pytest.mark.parametrize(
    ("headers", "flagged", "score"),
    [
        ({}, False, None),
        ({"X-Spam-Flag": "YES"}, True, None),
        ({"X-Spam-Status": "Yes, score=8.1 required=5.0"}, True, 8.1),
        ({"X-Spam-Status": "No, score=-1.9 required=5.0"}, False, -1.9),
        ({"X-Spam-Level": "*******"}, True, 7.0),
        ({"X-Spam-Level": "**"}, False, 2.0),
        ({"X-Spamd-Result": "default: True [16.2 / 15.00]; X(1.0)"}, True, 16.2),
        ({"X-Spamd-Result": "default: False [1.20 / 15.00]"}, False, 1.2),
        ({"X-Rspamd-Action": "add header", "X-Rspamd-Score": "7.5"}, True, 7.5),
        ({"X-MS-Exchange-Organization-SCL": "9"}, True, None),
        ({"X-MS-Exchange-Organization-SCL": "-1"}, False, None),
    ],
)
def test_spam_headers_are_respected(headers, flagged, score):
    spam = understand(letter("x", headers=headers)).spam
    assert (spam.flagged, spam.score) == (flagged, score)


def test_checks_of_the_receiving_server_are_noted():
    mail = understand(letter(headers={"Authentication-Results": "mx; spf=pass a=b; dkim=fail x; dmarc=none"}))
    assert mail.spam.checks == {"spf": "pass", "dkim": "fail", "dmarc": "none"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello, the printer does not work since yesterday. Thanks", "en"),
        ("Hola, la impresora no funciona desde ayer. Gracias", "es"),
        ("Buenos días, ¿cuándo llega mi pedido?", "es"),
        ("Bonjour, l'imprimante ne marche plus depuis hier. Merci", "fr"),
        ("Pouvez-vous nous aider, nos colis ne partent pas ?", "fr"),
        ("您好，打印机坏了", "zh"),
        ("打印机 Acme X200 坏了，请帮忙", "zh"),
        ("印表機壞了，請幫忙", "zh"),
        ("Guten Tag, der Drucker geht nicht mehr. Danke", "de"),
        ("Hallo, de printer werkt niet meer. Groeten", "nl"),
        ("Buongiorno, la stampante non funziona più. Grazie", "it"),
        ("Bom dia, a impressora não funciona desde ontem. Obrigado", "pt"),
        ("Dzień dobry, drukarka nie działa. Pozdrawiam", "pl"),
        ("Hej, skrivaren fungerar inte och jag behöver hjälp", "sv"),
        ("Hej, printeren virker ikke, og jeg har brug for hjælp", "da"),
        ("Здравствуйте, принтер не работает", "ru"),
        ("Вітаю, принтер не працює, що робити?", "uk"),
        ("プリンターが動きません", "ja"),
        ("프린터가 작동하지 않습니다", "ko"),
        ("ok", None),
        ("12345", None),
        ("", None),
        ("A-1001 / X200", None),
        ("Hello, my name is 林晓雯 and the printer is broken, please help", "en"),
    ],
)
def test_languages_are_told_or_left_open(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("subject", "core"),
    [
        ("Re: Printer", "Printer"),
        ("RE: AW: Fwd: [#1001] Printer", "Printer"),
        ("Re[2]: Printer", "Printer"),
        ("Re : Imprimante", "Imprimante"),
        ("TR: RV: Impresora", "Impresora"),
        ("回复：转发: 打印机", "打印机"),
        ("答复: 打印机", "打印机"),
        ("[dev] Printer", "[dev] Printer"),
        ("Printer [#1001]", "Printer"),
        ("Reply: Printer", "Reply: Printer"),
        ("Report: Re: it", "Report: Re: it"),
        ("Re:", ""),
        ("  a   b ", "a b"),
    ],
)
def test_the_core_of_a_subject_is_what_it_is_about(subject, core):
    assert subject_core(subject) == core


def test_list_tags_go_only_when_asked():
    assert subject_core("Re: [dev] Re: Printer", list_tags=True) == "Printer"
    assert subject_core("[dev]", list_tags=True) == "[dev]"


def test_forwards_are_told_by_the_first_mark():
    assert is_forward_subject("Fwd: Re: x")
    assert is_forward_subject("转发：x")
    assert not is_forward_subject("Re: Fwd: x")


def test_files_carry_their_size_and_digest():
    png = "Content-Type: image/png\nContent-ID: <pic@x>\nContent-Transfer-Encoding: base64\n\nYWJj\n"
    mail = understand(
        multipart(
            'Content-Type: text/html\n\n<p>Hi <img src="cid:pic@x"></p>',
            png + 'Content-Disposition: inline; filename="a.png"\n',
            'Content-Type: application/pdf\nContent-Disposition: attachment; filename="b.pdf"\n\nPDF',
            "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR",
            'Content-Type: application/pgp-signature; name="signature.asc"\n\nsig',
            'Content-Type: application/ms-tnef; name="winmail.dat"\n\ntnef',
            'Content-Type: text/plain; name="log.txt"\nContent-Disposition: attachment;'
            ' filename="log.txt"\n\nlog',
            kind="related",
        )
    )
    names = [part.name for part in mail.attachments]
    assert names[1:] == ["b.pdf", "attachment-3.ics", "signature.asc", "winmail.dat", "log.txt"]
    assert [part.inline for part in mail.attachments] == [True, False, False, False, False, False]
    pdf = mail.attachments[1]
    assert (pdf.size, pdf.sha256, pdf.content) == (3, hashlib.sha256(b"PDF").hexdigest(), b"PDF")
    assert 'src="cid:pic@x"' in mail.html
    assert mail.text == "Hi"


def test_flowed_text_is_joined():
    body = "This is a long \nline.\n> quoted \n> too\n-- \nCarla"
    mail = understand(letter(body, content_type="text/plain; format=flowed"))
    assert mail.text == "This is a long line.\n> quoted too\n-- \nCarla"


def test_html_and_plain_text_are_alternatives_not_both():
    mail = understand(
        multipart(
            "Content-Type: text/plain\n\nHi", "Content-Type: text/html\n\n<b>Hi</b>", kind="alternative"
        )
    )
    assert (mail.text, mail.html) == ("Hi", "<b>Hi</b>")
