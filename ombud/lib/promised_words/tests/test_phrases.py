"""What is a promise, what is none, and when it is due: a table of what people write."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ombud.lib.promised_words import find

THURSDAY = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)
LAS_PALMAS = ZoneInfo("Atlantic/Canary")  # UTC in winter
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

KEPT = [  # what is written on Thursday 19 November at 13:36 in Las Palmas, and when that is due there
    ("I'll call you tomorrow by 3 pm.", "20 15:00"),
    ("I’ll call you tomorrow at 15:00.", "20 15:00"),
    ("You will have it by Friday.", "20 18:00"),
    ("We will get back to you within two hours.", "19 15:36"),
    ("I will send you the file by end of day.", "19 18:00"),
    ("We'll let you know on Monday morning.", "23 12:00"),
    ("I'm going to phone you this afternoon at 4.", "19 16:00"),
    ("We will have a fix by next Tuesday.", "24 18:00"),
    ("It will be fixed by noon tomorrow.", "20 12:00"),
    ("You'll hear from us by 10 am on Monday.", "23 10:00"),
    ("By Friday 15:00 we will send you new labels.", "20 15:00"),
    ("I have asked Jun. We will update you in 30 minutes.", "19 14:06"),
    ("Thank you for your patience, I'll reply tonight.", "19 21:00"),
    ("We shall deliver the replacement by 25 November.", "25 18:00"),
    ("We'll refund it by November 27th at 9am.", "27 09:00"),
    ("I will call you the day after tomorrow between 10 and 11:30.", "21 11:30"),
    ("We will resolve this by the end of this week.", "20 18:00"),
    ("Expect a call from me tomorrow at 9.", "20 09:00"),
    ("I promise to answer by 5 p.m. today.", "19 17:00"),
    ("Te llamo mañana a las 15:00.", "20 15:00"),
    ("Le llamaré mañana por la mañana.", "20 12:00"),
    ("Le llamaré mañana antes de las 3 de la tarde.", "20 15:00"),
    ("Lo tendrá el viernes.", "20 18:00"),
    ("Le enviaremos las etiquetas antes del lunes a las 10.", "23 10:00"),
    ("Vamos a resolverlo hoy antes de las 17 h.", "19 17:00"),
    ("Nos pondremos en contacto con usted dentro de dos horas.", "19 15:36"),
    ("Recibirá una respuesta nuestra pasado mañana.", "21 18:00"),
    ("Le escribo esta tarde.", "19 19:00"),
    ("Estará resuelto el 25 de noviembre.", "25 18:00"),
    ("Les informaremos el martes que viene.", "24 18:00"),
    ("Te aviso a las cuatro y media.", "19 16:30"),
    ("Je vous rappelle avant 17 h.", "19 17:00"),
    ("Nous vous répondrons demain matin.", "20 12:00"),
    ("Je vous rappelle demain à 15 h 30.", "20 15:30"),
    ("Vous aurez une réponse d'ici vendredi.", "20 18:00"),
    ("Nous vous enverrons le dossier lundi avant midi.", "23 12:00"),
    ("Je reviens vers vous dans deux heures.", "19 15:36"),
    ("Je vais vous écrire ce soir.", "19 21:00"),
    ("Ce sera réglé après-demain.", "21 18:00"),
    ("Nous vous tenons au courant d’ici la fin de la semaine.", "20 18:00"),
    ("Vous recevrez le remboursement le 27 novembre.", "27 18:00"),
    ("Je vous envoie cela en fin de journée.", "19 18:00"),
    ("我明天下午三点前给您回电话。", "20 15:00"),
    ("我们会在两小时内回复您。", "19 15:36"),
    ("您周五之前会收到新的标签。", "20 18:00"),
    ("今天下班前我给您答复。", "19 18:00"),
    ("我们明天上午10点前把文件发给您。", "20 10:00"),
    ("我后天下午联系您。", "21 18:00"),
    ("下周一我们会给您反馈。", "23 18:00"),
    ("我们会在11月25日之前解决。", "25 18:00"),
    ("我今晚八点半之前给您回复。", "19 20:30"),
    ("30分钟内我给您打电话。", "19 14:06"),
]
NOTHING = [
    "Shall I call you tomorrow at 3 pm?",
    "Would tomorrow at 10 suit you? I will call you then.",
    "If you send the file today, we will fix it by Friday.",
    "I might call you tomorrow.",
    "We hope to have a fix by Friday.",
    "We cannot call you tomorrow.",
    "I won't be able to reply before Monday.",
    "You wrote “I will call you tomorrow at 3 pm” and nobody called.",
    "You said you will have it by Friday.",
    "> I will call you tomorrow at 3 pm",
    "Thanks.\n\nOn Thu, 19 Nov 2026 at 12:08, Carla Benítez wrote:\nI will call you tomorrow.",
    "We called you yesterday at 3 pm.",
    "The carrier told us they will deliver tomorrow.",
    "The campaign starts on Friday.",
    "I will look into it.",
    "We will be closed on Monday.",
    "Once we have the logs, we will call you tomorrow.",
    "I will call you at 9 today.",
    "Your offer ends tomorrow at noon.",
    "¿Le llamo mañana a las 15:00?",
    "Si me envía el archivo, le llamo mañana.",
    "No le llamaré mañana.",
    "Intentaremos enviarlo mañana.",
    "Esperamos tenerlo el viernes.",
    "Usted dijo que llamaría mañana.",
    "Su campaña empieza el viernes.",
    "Puis-je vous rappeler demain à 15 h ?",
    "Si vous nous envoyez le fichier, nous vous répondrons demain.",
    "Nous ne pourrons pas vous rappeler demain.",
    "Dès que vous nous écrivez, nous vous rappelons demain.",
    "Nous espérons le livrer vendredi.",
    "Votre campagne commence vendredi.",
    "您明天下午三点方便吗？",
    "如果您今天发来文件，我们明天处理。",
    "我们可能明天回复您。",
    "我们昨天下午三点给您打过电话。",
    "我们争取周五前解决。",
    "您的活动周五开始。",
    "我们周一不能给您答复。",
]


@pytest.mark.parametrize(("text", "due"), KEPT)
def test_a_promise_is_found_with_its_time(text, due):
    day, clock = due.split()
    hour, minute = clock.split(":")
    expected = datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=LAS_PALMAS)
    assert [one.due_at.astimezone(LAS_PALMAS) for one in find(text, THURSDAY, LAS_PALMAS)] == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_promise_is_left_alone(text):
    assert find(text, THURSDAY, LAS_PALMAS) == []


def test_the_quote_is_the_whole_sentence():
    (found,) = find(
        "Hola Carla,\n\nLo siento mucho. Te llamo mañana a las 15:00.\n\nAda", THURSDAY, LAS_PALMAS
    )
    assert found.quote == "Te llamo mañana a las 15:00."


def test_several_promises_are_several():
    found = find("I'll call you tomorrow at 10. You will have the fix by Friday.", THURSDAY, LAS_PALMAS)
    assert [f"{one.due_at:%d %H:%M}" for one in found] == ["20 10:00", "20 18:00"]


def test_the_same_time_in_two_languages_is_promised_once():
    text = "I'll call you tomorrow at 15:00.\n\nTe llamo mañana a las 15:00."
    assert len(find(text, THURSDAY, LAS_PALMAS)) == 1


def test_times_are_the_customers_unless_the_text_says_ours():
    (theirs,) = find("I'll call you tomorrow at 3 pm.", THURSDAY, LAS_PALMAS, AMSTERDAM)
    (ours,) = find("I'll call you tomorrow at 3 pm our time.", THURSDAY, LAS_PALMAS, AMSTERDAM)
    assert (theirs.due_at.hour, theirs.ours) == (15, False)
    assert (ours.due_at.hour, ours.ours) == (14, True)


def test_our_own_signature_promises_nothing():
    text = "Thank you.\n\n-- \nAda\nWe will answer every mail by 5 pm today"
    assert find(text, THURSDAY, LAS_PALMAS) == []


@pytest.mark.parametrize(
    "text", ["", " ", "?" * 5000, "I will call you " * 3000, "\0明天" * 500, "I will call 99 tomorrow 99:99"]
)
def test_nothing_odd_breaks_it(text):
    find(text, THURSDAY, LAS_PALMAS)
