"""An acknowledgement confirms three separate things, in words and in the time of the customer (M9)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.features.automation.actions import acknowledge_due
from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.tray import work_tray
from ombud.spine.sla import actions as sla

HOUR = 3600
WEEK = {day: [["09:00", "12:00"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
INSIDE = (
    "p1",
    "p2",
    "p3",
    "p4",
    "critical",
    "medium",
    "high",
    "broken",
    "severity",
    "sla",
    "gold",
    "promise",
)


def both(letter):
    """The words of both ways to read a letter."""
    html = letter.message.get_body(["html"]).get_content()
    return letter.message.get_body(["plain"]).get_content(), re.sub(
        r"<style>.*?</style>", "", html, flags=re.S
    )


@pytest.fixture
def gold(cast):
    """Within four hours of a working week an answer; a solution within 24; the clock waits when we wait."""
    plan = {"timezone": "Europe/Amsterdam", "hours": WEEK}
    week = clock.keep_calendar(calendar=default_calendar(), name="Week", plan=plan, by=None, now=cast.now)
    targets = {
        "first_reply": {"seconds": 4 * HOUR, "calendar": week.pk},
        "resolution": {"seconds": 24 * HOUR, "calendar": week.pk},
    }
    terms = {"targets": {"p1": {"first_reply": {"seconds": HOUR}}, "p3": targets}, "pauses": ["waiting"]}
    return sla.keep_policy(name="Gold", conditions={"tiers": ["gold"]}, terms=terms, by=None, now=cast.now)


# Thursday 14:36 in Amsterdam: due on Friday 10:06 there, an hour earlier in Las Palmas.
@pytest.mark.mission("M9")
@pytest.mark.parametrize(
    ("language", "treated", "needed", "answer", "solution", "worse"),
    [
        (
            "en",
            "In its turn, like most requests",
            "You need it in the next days",
            "You hear from us by Friday 09:06 your time (Las Palmas)",
            "by Tuesday 15:06. If we wait for an answer of yours, this clock waits, too.",
            "If this stops your work, tell us here",
        ),
        (
            "es",
            "Por su orden, como la mayoría de las solicitudes",
            "Lo necesita en los próximos días",
            "Tendrá noticias nuestras antes del viernes 09:06, hora local (Las Palmas)",
            "martes 15:06. Si esperamos una respuesta suya, este plazo también se detiene.",
            "Si esto detiene su trabajo, díganoslo aquí",
        ),
        (
            "fr",
            "À son tour, comme la plupart des demandes",
            "Vous en avez besoin dans les prochains jours",
            "Vous aurez de nos nouvelles avant vendredi 09:06, heure locale (Las Palmas)",
            "mardi 15:06. Si nous attendons une réponse de votre part, ce délai est suspendu, lui aussi.",
            "Si cela bloque votre travail, dites-le-nous ici",
        ),
        (
            "zh-hans",
            "与大多数请求一样，按顺序处理",
            "您这几天就需要",
            "您会在周五 09:06（您当地时间，拉斯帕尔马斯）之前收到我们的回复",
            "周二 15:06 之前解决，或者给您一个替代办法。如果需要等您答复，计时也会暂停。",
            "如果这让您的工作停了下来，请在这里告诉我们",
        ),
    ],
)
def test_it_says_how_it_is_treated_how_soon_it_is_needed_and_by_when_we_answer(
    cast, gold, inbox, language, treated, needed, answer, solution, worse
):
    cast.writes(cast.carla, language=language)
    [letter] = inbox()
    for words in both(letter):
        for said in (treated, needed, answer, solution, worse):
            assert said in " ".join(words.split())
    assert letter.recipients == ["carla@acme-outdoor.example"]


@pytest.mark.mission("M14")
def test_a_customer_without_a_zone_reads_ours_by_its_name(cast, gold, inbox):
    cast.carla.time_zone = ""
    cast.carla.save()
    cast.writes(cast.carla, language="en")
    assert "You hear from us by Friday 10:06 (Amsterdam time)" in both(inbox()[0])[0]


def test_a_day_beyond_the_week_has_its_date(cast, gold, inbox):
    terms = {"targets": {"p3": {"first_reply": {"seconds": 240 * HOUR}}}}
    sla.keep_policy(gold, name="Gold", conditions={}, terms=terms, by=None, now=cast.now)
    cast.writes(cast.carla, language="en")
    cast.writes(cast.chen, text="清关文件被退回。", subject="清关文件")
    english, chinese = (both(letter)[0] for letter in inbox())
    assert "by Sunday 29 November 13:36 your time (Las Palmas)" in english
    assert "11月29日周日 21:36（您当地时间，北京）" in chinese


def test_what_is_not_promised_is_not_said(cast, gold, inbox):
    cast.writes(cast.mallory, language="en")
    plain, html = both(inbox()[0])
    assert "hear from us by" not in plain + html
    assert "What we promise" not in plain + html
    assert "In its turn" in plain


@pytest.mark.mission("M9")
def test_who_cannot_work_comes_first_and_is_not_asked_whether_it_is_worse(cast, gold, inbox):
    cast.writes(cast.carla, language="en", severity="critical", urgency="high")
    plain, html = both(inbox()[0])
    assert "Before everything else" in plain
    assert "We understood: your work stands still." in plain
    assert "by Thursday 14:36 your time" in plain
    assert "If this stops your work" not in plain
    for inside in INSIDE:
        assert not re.search(rf"\b{inside}\b", (plain + html).lower().replace("what we promise", "")), inside


def test_what_is_past_is_not_promised_again(cast, gold, inbox):
    cast.writes(cast.carla, language="en", severity="critical", urgency="high")
    plain, _html = both(inbox(hours=2)[0])
    assert "hear from us by" not in plain


def test_promises_are_asked_for_once_for_a_batch(cast, gold):
    for customer in (cast.carla, cast.rui, cast.chen):
        cast.writes(customer)
    now = cast.later(seconds=11)
    while work_tray(now):
        pass
    with CaptureQueriesContext(connection) as asked:
        assert acknowledge_due(now) == 3
    assert len([query for query in asked if 'FROM "sla_promise"' in query["sql"]]) == 1
