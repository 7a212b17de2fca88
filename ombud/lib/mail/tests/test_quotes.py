"""What is new in a reply, what is quoted, and what is a signature."""

import pytest

from ombud.lib.mail import split_reply, understand
from ombud.lib.mail.tests.letters import letter, multipart

_ATTRIBUTIONS = [
    "On Mon, Mar 3, 2025 at 10:12 AM Ada Lindqvist <ada@desk.test> wrote:",
    "On Mon, Mar 3, 2025 at 10:12 AM Ada Lindqvist\n<ada@desk.test> wrote:",
    "On Mon, Mar 3, 2025 at 10:12 AM\nAda Lindqvist of Parcelline Customer Support\n<ada@desk.test>\nwrote:",
    "On 03/03/2025 10:12, Ada Lindqvist wrote:",
    "On 2025-03-03 10:12, support@desk.test wrote:",
    "On March 3, 2025 at 10:12:01, Ada (ada@desk.test) wrote:",
    "2025-03-03 10:12 GMT+01:00 Ada Lindqvist <ada@desk.test>:",
    "Ada Lindqvist <ada@desk.test> wrote:",
    "El lun, 3 mar 2025 a las 10:12, Ada Lindqvist (<ada@desk.test>) escribió:",
    "El lun, 3 mar 2025 a las 10:12, Ada Lindqvist\n(<ada@desk.test>) escribió:",
    "El 3/3/25 a las 10:12, Ada Lindqvist escribió:",
    "El 03-03-2025, a la(s) 10:12, Ada <ada@desk.test> escribió:",
    "Le lun. 3 mars 2025 à 10:12, Ada Lindqvist <ada@desk.test> a écrit :",
    "Le lun. 3 mars 2025 à 10:12, Ada Lindqvist <ada@desk.test> a\nécrit :",
    "Le 03/03/2025 à 10:12, Ada Lindqvist a écrit\xa0:",
    "Ada Lindqvist <ada@desk.test> 于2025年3月3日周一 10:12写道：",
    "在 2025年3月3日，10:12，Ada Lindqvist <ada@desk.test> 写道：",
    '在 2025-03-03 10:12:01，"Ada" <ada@desk.test> 写道：',
    "Ada Lindqvist <ada@desk.test> 於 2025年3月3日 週一 上午10:12寫道：",
    "Am 03.03.2025 um 10:12 schrieb Ada Lindqvist:",
    "Am Mo., 3. März 2025 um 10:12 Uhr schrieb Ada Lindqvist <\nada@desk.test>:",
    "Op ma 3 mrt 2025 om 10:12 schreef Ada Lindqvist <ada@desk.test>:",
    "Il giorno lun 3 mar 2025 alle ore 10:12 Ada <ada@desk.test> ha scritto:",
    "Em seg., 3 de mar. de 2025 às 10:12, Ada <ada@desk.test> escreveu:",
    "pon., 3 mar 2025 o 10:12 Ada Lindqvist <ada@desk.test> napisał(a):",
    "W dniu 3.03.2025 o 10:12, Ada Lindqvist pisze:",
    "Den mån 3 mars 2025 kl 10:12 skrev Ada <ada@desk.test>:",
    "Den man. 3. mar. 2025 kl. 10.12 skrev Ada <ada@desk.test>:",
    "ma 3. maalisk. 2025 klo 10.12 Ada (ada@desk.test) kirjoitti:",
    "пн, 3 мар. 2025 г. в 10:12, Ada <ada@desk.test>:",
    "03.03.2025 10:12, Ada пишет:",
    "2025年3月3日(月) 10:12 Ada Lindqvist <ada@desk.test>:",
    "2025년 3월 3일 (월) 오전 10:12, Ada <ada@desk.test>님이 작성:",
    "po 3. 3. 2025 v 10:12 odesílatel Ada <ada@desk.test> napsal:",
    "3 Mar 2025 Pzt, 10:12 tarihinde Ada <ada@desk.test> şunu yazdı:",
]


@pytest.mark.parametrize("attribution", _ATTRIBUTIONS)
@pytest.mark.parametrize("old", ["> How are you?\n> Ada", "How are you?\nAda"])
def test_a_line_saying_who_wrote_begins_the_quote(attribution, old):
    split = split_reply(f"All works now.\n\nThanks!\n\n{attribution}\n\n{old}\n")
    assert split.reply == "All works now.\n\nThanks!"
    assert split.quoted == f"{attribution}\n\n{old}"


_BLOCKS = [
    "From: Ada <ada@desk.test>\nSent: Monday, March 3, 2025 10:12\nTo: Carla\nSubject: Printer",
    "From: Ada <ada@desk.test>\nDate: Monday, 3 March 2025 at 10:12\nTo: Carla\nCc: Emil\nSubject: Printer",
    "*From:* Ada <ada@desk.test>\n*Sent:* Monday\n*To:* Carla\n*Subject:* Printer",
    "De: Ada <ada@desk.test>\nEnviado: lunes, 3 de marzo de 2025 10:12\nPara: Carla\nAsunto: Impresora",
    "De: Ada <ada@desk.test>\nEnviado el: lunes\nPara: Carla\nCC: Emil\nAsunto: Impresora",
    "De : Ada <ada@desk.test>\nEnvoyé : lundi 3 mars 2025 10:12\nÀ : Carla\nObjet : Imprimante",
    "De\xa0: Ada <ada@desk.test>\nDate\xa0: lundi\nÀ\xa0: Carla\nObjet\xa0: Imprimante",
    "发件人: Ada <ada@desk.test>\n发送时间: 2025年3月3日 10:12\n收件人: Carla\n主题: 打印机",
    "发件人： Ada\n日期： 2025-03-03 10:12\n收件人： Carla\n主题： 打印机",
    "寄件者: Ada\n寄件日期: 2025年3月3日\n收件者: Carla\n主旨: 印表機",
    "Von: Ada <ada@desk.test>\nGesendet: Montag, 3. März 2025 10:12\nAn: Carla\nBetreff: Drucker",
    "Van: Ada\nVerzonden: maandag 3 maart 2025 10:12\nAan: Carla\nOnderwerp: Printer",
    "Da: Ada\nInviato: lunedì 3 marzo 2025 10:12\nA: Carla\nOggetto: Stampante",
    "De: Ada\nEnviada em: segunda-feira, 3 de março de 2025\nPara: Carla\nAssunto: Impressora",
    "Od: Ada\nWysłano: poniedziałek, 3 marca 2025\nDo: Carla\nTemat: Drukarka",
    "Från: Ada\nSkickat: den 3 mars 2025\nTill: Carla\nÄmne: Skrivare",
    "差出人: Ada\n送信日時: 2025年3月3日\n宛先: Carla\n件名: プリンター",
    "-----Original Message-----\nFrom: Ada\nSent: Monday\nTo: Carla\nSubject: Printer",
    "-----Mensaje original-----\nDe: Ada",
    "-----Message d'origine-----\nDe : Ada",
    "-----Ursprüngliche Nachricht-----\nVon: Ada",
    '------------------ 原始邮件 ------------------\n发件人: "Ada"',
    "________________________________\nFrom: Ada\nSent: Monday\nTo: Carla\nSubject: Printer",
    "________________________________\n\nDe: Ada\nEnviado: lunes\nPara: Carla\nAsunto: Impresora",
]


@pytest.mark.parametrize("block", _BLOCKS)
def test_a_block_of_headers_begins_the_quote(block):
    split = split_reply(f"All works now.\n\n{block}\n\nHow are you?\n")
    assert split.reply == "All works now."
    assert split.quoted.startswith(block.split("\n")[0])
    assert split.quoted.endswith("How are you?")


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nCarla Benítez\nAcme Outdoor",
        "--\nCarla Benítez",
        "Sent from my iPhone",
        "Sent from my Samsung Galaxy S24",
        "Sent from Outlook for Android",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent via the Yahoo Mail app",
        "Enviado desde mi iPhone",
        "Enviado desde mi dispositivo Samsung",
        "Enviado do meu iPhone",
        "Envoyé de mon iPhone",
        "Envoyé depuis mon téléphone Orange",
        "Envoyé à partir de Outlook pour Android",
        "Von meinem iPhone gesendet",
        "Gesendet von Outlook für iOS",
        "Verstuurd vanaf mijn iPhone",
        "Inviato da iPhone",
        "Skickat från min iPhone",
        "发自我的iPhone",
        "发自我的 iPhone",
        "iPhoneから送信",
    ],
)
@pytest.mark.parametrize("quote", ["", "\n\nOn 03/03/2025 10:12, Ada wrote:\n> Hi\n"])
def test_a_signature_is_not_part_of_the_reply(signature, quote):
    split = split_reply(f"All works now.\n\n{signature}{quote}")
    assert split.reply == "All works now."
    assert split.signature in signature
    assert split.signature


@pytest.mark.parametrize(
    "text",
    [
        "Sent the parcel on Monday, nothing arrived.",
        "从昨天开始无法发送",
        "Enviado desde Madrid hace dos semanas",
        "Hello,\n\nSent from my side: nothing.\nWhat now?",
        "Steps:\n--\n" + "\n".join(f"step {n}" for n in range(30)),
        "From: what I can see, it is broken.\nThe rest works.",
        "He wrote:\nplease help",
        "I tried this:\n> npm install\nand it failed",
        "The date: 3 March\nThe place: Madrid",
        "On your site it says:\nfree returns",
    ],
)
def test_words_that_only_look_like_marks_are_kept(text):
    assert split_reply(text, is_reply=False).reply == text


def test_answers_between_quotes_are_kept_with_what_they_answer():
    text = "On 03/03/2025 10:12, Ada wrote:\n> Which printer?\nThe blue one.\n> Since when?\nMonday."
    split = split_reply(text + "\n\n-- \nCarla")
    assert split.reply == text
    assert split.quoted == "On 03/03/2025 10:12, Ada wrote:\n> Which printer?\n> Since when?"
    assert split.signature == "Carla"


def test_an_answer_below_the_quote_is_the_reply():
    split = split_reply("On 03/03/2025 10:12, Ada wrote:\n> Which printer?\n> Ada\n\nThe blue one.\n")
    assert split.reply == "The blue one."
    assert split.quoted == "On 03/03/2025 10:12, Ada wrote:\n> Which printer?\n> Ada"


def test_nothing_is_lost_when_somebody_writes_above_and_below():
    split = split_reply("Hi Ada,\n\nOn 03/03/2025 10:12, Ada wrote:\n> Which printer?\n\nThe blue one.\n")
    assert "Hi Ada," in split.reply
    assert "The blue one." in split.reply


def test_a_list_footer_is_no_answer():
    text = "All works.\n\n> Hi\n\n_______________________________________________\nusers mailing"
    " list\nusers@list.example"
    assert split_reply(text).reply == "All works."


def test_older_quotes_inside_the_quote_do_not_matter():
    text = "Yes.\n\nOn 03/03/2025 10:12, Ada wrote:\n> Sure?\n> On 02/03/2025 10:12, Carla wrote:\n>> Help\n"
    assert split_reply(text).reply == "Yes."


@pytest.mark.parametrize("before", ["", "Parcelline <support@desk.test>, 3 Mar 2025 10:12 kirjutas:\n"])
def test_our_own_line_cuts(before):
    split = split_reply(f"All works.\n\n{before}## Please write above this line ##\n\nDear Carla")
    assert split.reply == "All works."
    assert "## Please write above this line ##" in split.quoted


@pytest.mark.parametrize(
    "text",
    [
        "> only a quote",
        "-- \nonly a signature",
        "Sent from my iPhone",
        "From: a\nTo: b\nSubject: c\n\nx",
        "## a b c ##",
    ],
)
def test_a_reply_is_never_empty(text):
    assert split_reply(text).reply


def test_a_reply_that_is_only_a_short_word_is_that_word():
    assert split_reply("ok\n\nOn 03/03/2025 10:12, Ada wrote:\n> Sure?").reply == "ok"


_RICH_REPLIES = {
    "Gmail": '<div dir="ltr">All works.</div><br><div class="gmail_quote"><div'
    ' class="gmail_attr">Kirjutas {who}:<br></div>'
    '<blockquote class="gmail_quote"><p>Hi</p></blockquote></div>',
    "Outlook on the web": '<div>All works.</div><div id="appendonsend"></div><hr><div'
    ' id="divRplyFwdMsg"><b>Saatja:</b> {who}'
    "<br><b>Kuupäev:</b> x</div><div>Hi</div>",
    "Outlook": '<div class="WordSection1"><p class="MsoNormal">All works.</p><div><div'
    ' style="border:none;border-top:solid'
    ' #E1E1E1 1.0pt"><p class="MsoNormal"><b>De :</b> {who}<br><b>Envoyé :</b> lundi<br><b>À :</b>'
    " Carla<br><b>Objet :</b>"
    " x</p></div></div><p>Hi</p></div>",
    "Apple Mail": '<div>All works.<br><div><br><blockquote type="cite"><div>On 3 Mar 2025, at 10:12,'
    " {who} wrote:</div>"
    "<div>Hi</div></blockquote></div></div>",
    "Thunderbird": '<p>All works.</p><div class="moz-cite-prefix">Am 03.03.2025 um 10:12 schrieb'
    " {who}:<br></div>"
    '<blockquote type="cite" cite="mid:x"><p>Hi</p></blockquote>',
    "Yahoo": '<div>All works.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>3. märts 2025'
    " {who}:</div><div>Hi</div></div>",
    "Proton": '<div>All works.</div><div class="protonmail_quote">On Monday, March 3rd, 2025 at 10:12,'
    " {who} wrote:<br>"
    '<blockquote class="protonmail_quote" type="cite">Hi</blockquote></div>',
    "an attribution in its own paragraph": "<p>All works.</p><p>El lun, 3 mar 2025 a las 10:12, {who}"
    " escribió:</p>"
    '<blockquote type="cite"><p>Hi</p></blockquote>',
}


@pytest.mark.parametrize("program", _RICH_REPLIES)
def test_html_is_cut_where_the_mail_program_marked_the_quote(program):
    html = _RICH_REPLIES[program].format(who='Ada &lt;<a href="mailto:ada@desk.test">ada@desk.test</a>&gt;')
    mail = understand(letter(html, content_type="text/html; charset=utf-8", headers={"In-Reply-To": "<a@b>"}))
    assert mail.reply_text == "All works."
    assert "All works." in mail.reply_html
    assert "Hi" not in mail.reply_html
    assert "Ada" not in mail.reply_html
    assert "Hi" in mail.quoted_text
    assert mail.reply_html.count("<div") == mail.reply_html.count("</div>")


def test_html_with_answers_between_quotes_is_not_cut():
    html = (
        '<div class="gmail_quote"><div class="gmail_attr">On 3 Mar 2025 Ada wrote:</div><blockquote'
        ' class="gmail_quote">'
        "Which?</blockquote><div>The blue one.</div><blockquote"
        ' class="gmail_quote">When?</blockquote>Monday.</div>'
    )
    mail = understand(letter(html, content_type="text/html"))
    assert mail.reply_html is None
    assert "The blue one." in mail.reply_text
    assert "Monday." in mail.reply_text


def test_html_tells_the_quote_where_the_plain_text_does_not():
    mail = understand(
        multipart(
            "Content-Type: text/plain; charset=utf-8\n\nAll works.\n\nE, 3. märts 2025 Ada kirjutas.\nHi\n",
            "Content-Type: text/html; charset=utf-8\n\n<div>All works.</div><div class=gmail_quote>E, 3."
            " märts 2025 Ada"
            " kirjutas.<blockquote class=gmail_quote>Hi</blockquote></div>",
            kind="alternative",
            headers={"In-Reply-To": "<a@b>"},
        )
    )
    assert mail.reply_text == "All works."
    assert mail.text.endswith("Hi")
