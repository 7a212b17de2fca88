"""Surveys as they are written and read: settings, the mail beside them, scores with their doubt."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ombud.features.surveys import actions, asking
from ombud.features.surveys.models import Answer, Ask, Survey
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.spine.tickets import actions as tickets

FORM = {
    "name": "After a ticket",
    "kind": "csat",
    "when": "resolved",
    "delay": "4",
    "calendar": "",
    "every": "90",
    "quiet": "30",
    "sampling": "100",
    "remind": "3",
    "bad": "4",
    "follows": "on",
    "follow_up": "8",
}


@pytest.fixture
def ines(cast, client):
    people.found_company(
        name="Parcelline",
        language="en",
        time_zone="Europe/Amsterdam",
        address="http://desk.test",
        now=cast.now,
    )
    return cast.signed_in(client, cast.ines)


def keep(cast, kind="csat", **fields):
    fields = {"name": kind, "when": "resolved", "quiet": 0, "remind": 0} | fields
    return actions.keep_survey(kind=kind, by=None, now=cast.now, **fields)


def answered(cast, survey, scores, words="", team=None):
    """Customers who gave these scores, each about a ticket of their own."""
    for number, score in enumerate(scores):
        customer = people.meet(
            email=f"c{Ask.objects.count()}@other.example", name=f"C {number}", now=cast.now
        )
        ticket = cast.writes(customer, subject=f"Ticket {number}")
        if team:
            tickets.set_team(ticket, team, by=None, now=cast.now)
        tickets.set_status(ticket, "resolved", by=None, now=cast.now)
        while work_tray(cast.now) + asking.work_asks(cast.now):
            pass
        ask = Ask.objects.get(ticket=ticket, survey=survey)
        actions.answer(ask.pk, score, words, language="en", now=cast.now)


def results(client, survey, **query):
    answer = client.get(reverse("office:survey_results", args=[survey.pk], query=query))
    assert answer.status_code == 200
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    return said.replace("( ", "(").replace(" )", ")")


def test_a_survey_is_written_and_changed(cast, ines):
    page = ines.post("/settings/surveys/new", FORM | {"question_es": "¿Qué tal {subject}?"}, follow=True)
    assert "After a ticket" in page.content.decode()
    survey = Survey.objects.get()
    assert (survey.delay, survey.follow_up, survey.bad) == (4 * 3600, 8, 4)
    assert survey.words == {"es": {"question": "¿Qué tal {subject}?"}}
    ines.post(f"/settings/surveys/{survey.pk}", FORM | {"follows": "", "sampling": "50", "teams": []})
    survey.refresh_from_db()
    assert (survey.follow_up, survey.sampling) == (None, 50)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"bad": "10"}, "below the highest"),
        ({"name": ""}, "required"),
        ({"follow_up": ""}, "Say within how many hours."),
        ({"sampling": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(ines, changed, said):
    page = ines.post("/settings/surveys/new", FORM | changed)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Survey.objects.exists()


def test_the_scale_of_a_survey_with_answers_stays(cast, ines):
    survey = keep(cast)
    answered(cast, survey, [9])
    page = ines.post(f"/settings/surveys/{survey.pk}", FORM | {"kind": "nps"})
    assert "It has answers on another scale." in page.content.decode()


@pytest.mark.parametrize(
    ("language", "kind", "said"),
    [
        ("en", "csat", "How satisfied are you with our help?"),
        ("es", "nps", "recomiende Parcelline"),
        ("fr", "ces", "très facile"),
        ("zh-hans", "csat", "陈思远"),
    ],
)
def test_the_mail_is_seen_in_each_language_while_it_is_written(ines, language, kind, said):
    draft = ines.post("/settings/surveys/draft", FORM | {"kind": kind}).content.decode()
    address = next(one for one in re.findall(r'src="([^"]+)"', draft) if f"language={language}" in one)
    mail = ines.get(address.replace("&amp;", "&"))
    assert said in mail.content.decode()
    assert "sandbox" in mail["Content-Security-Policy"]


def test_words_of_ones_own_stand_in_the_mail_before_they_are_saved(ines):
    draft = ines.post(
        "/settings/surveys/draft", FORM | {"question_en": "Was <b>it</b> good?"}
    ).content.decode()
    address = re.search(r'src="([^"]+language=en[^"]*)"', draft)[1].replace("&amp;", "&")
    assert "Was &lt;b&gt;it&lt;/b&gt; good?" in ines.get(address).content.decode()


@pytest.mark.mission("M88")
def test_satisfaction_is_a_share_with_n_and_interval(cast, ines):
    survey = keep(cast)
    answered(cast, survey, [10, 10, 9, 9, 9, 9, 9, 9, 8, 3], words="Well.")
    # 8 of 10 gave 9 or 10: Wilson 49.02 to 94.33 (worked out in lib/tests/test_scores.py).
    # Mean 8.5; squares 1.5² × 2 + 0.5² × 7 + 5.5² = 36.5; √(36.5 / 9 / 10) = 0.63683; t of 9 is 2.26216;
    # 0.63683 × 2.26216 = 1.4406: 7.06 to 9.94.
    said = results(ines, survey)
    assert "80 % satisfied · 95 %: 49 % to 94 % · n = 10" in said
    assert "mean 8.50 (95 %: 7.06 to 9.94)" in said
    assert "Share of answers of 9 or 10 on a scale from 1 to 10" in said
    assert "Well." in said


@pytest.mark.mission("M89")
def test_the_net_promoter_score_has_its_interval(cast, ines):
    survey = keep(cast, "nps")
    answered(cast, survey, [10] * 5 + [8] * 3 + [2] * 2)
    # 50 % - 20 % = 30; variance 0.5 + 0.2 - 0.09 = 0.61; √(0.61 / 10) = 0.24698; 1.96 × it 0.48407:
    # -18.4 to 78.4.
    said = results(ines, survey)
    assert "+30 net promoter score · 95 %: −18 to +78 · n = 10" in said
    assert "50 % promoters · 30 % passives · 20 % detractors" in said


@pytest.mark.mission("M90")
def test_effort_is_a_mean_with_its_interval(cast, ines):
    survey = keep(cast, "ces")
    answered(cast, survey, [7, 7, 7, 6, 6, 6, 5, 5, 4, 3])
    # Mean 5.6; squares 1.4² × 3 + 0.4² × 3 + 0.6² × 2 + 1.6² + 2.6² = 16.4; √(16.4 / 9 / 10) = 0.42687;
    # × 2.26216 = 0.96565: 4.63 to 6.57. 5 and above: 8 of 10.
    said = results(ines, survey)
    assert "5.60 ease · 95 %: 4.63 to 6.57 · n = 10" in said
    assert "5 and above 80 % (95 %: 49 % to 94 %)" in said
    assert "from 1 (very hard) to 7 (very easy)" in said


def test_below_ten_answers_no_score_is_claimed(cast, ines):
    survey = keep(cast)
    answered(cast, survey, [10] * 9)
    said = results(ines, survey)
    assert "Not enough answers yet" in said
    assert "9 of at least 10" in said
    assert "satisfied ·" not in said


def test_teams_stand_beside_each_other_and_months_too(cast, ines):
    survey = keep(cast)
    answered(cast, survey, [9] * 10, team=cast.team("Support"))
    cast.later(days=20)  # December
    answered(cast, survey, [5] * 3, team=cast.team("Billing"))
    said = results(ines, survey)
    assert re.search(r"Nov 2026 100 %\s+72 % to 100 % 10 Dec 2026 not enough answers 3", said)
    assert re.search(r"Billing not enough answers 3 Support 100 %\s+72 % to 100 % 10", said)


def test_two_scales_are_never_counted_together(cast, ines):
    first, second = keep(cast), keep(cast, "nps")
    answered(cast, first, [9] * 10)
    page = " ".join(re.sub(r"<[^>]+>", " ", ines.get("/settings/surveys/").content.decode()).split())
    assert "100 % satisfied" in page
    assert "Not enough answers yet" in page
    assert Answer.objects.filter(survey=second).count() == 0


def test_answers_of_a_private_team_are_its_members_only(cast, client, ines):
    survey = keep(cast)
    team = cast.team("Legal", cast.noor, private=True)
    answered(cast, survey, [2] * 10, words="Secret.", team=team)
    assert "Secret." not in results(ines, survey)
    assert "No answers in this time" in results(ines, survey)
    assert "Secret." in results(cast.signed_in(client, cast.noor), survey)


def test_the_table_for_spreadsheets_holds_no_formula(cast, ines):
    survey = keep(cast)
    answered(cast, survey, [9], words='=HYPERLINK("http://evil")')
    rows = ines.get(f"/settings/surveys/{survey.pk}/answers.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("answered,scale,score,words")
    assert ",csat,9,\"'=HYPERLINK" in rows[1]


def test_an_anonymous_survey_shows_words_from_ten_answers_on_and_no_names(cast, ines):
    survey = keep(cast, anonymous=True)
    answered(cast, survey, [9] * 9, words="Quiet.")
    assert "Quiet." not in results(ines, survey)
    answered(cast, survey, [9], words="Quiet.")
    said = results(ines, survey)
    assert "Quiet." in said
    assert "C 0" not in said
    row = ines.get(f"/settings/surveys/{survey.pk}/answers.csv").content.decode("utf-8-sig").splitlines()[1]
    assert row.startswith(f"{cast.now:%Y-%m},csat,9,Quiet.")


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("tomasz", 403), ("ines", 200)])
def test_who_may_write_surveys(cast, client, who, status):
    cast.signed_in(client, getattr(cast, who))
    assert client.get("/settings/surveys/new").status_code == status
    assert client.get("/settings/surveys/").status_code == (403 if who == "tomasz" else 200)


def test_a_question_is_taken_back_on_the_ticket(cast, client, ines):
    keep(cast, delay=3600)
    ticket = cast.writes(cast.carla)
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
    work_tray(cast.now)
    ask = Ask.objects.get()
    page = cast.signed_in(client, cast.ada).get(f"/tickets/{ticket.number}/").content.decode()
    assert reverse("office:survey_revoke", args=[ask.pk]) in page
    client.post(reverse("office:survey_revoke", args=[ask.pk]))
    assert asking.work_asks(cast.now + timedelta(hours=2)) == 0
    assert "taken back" in client.get(f"/tickets/{ticket.number}/").content.decode()
    cast.signed_in(client, cast.tomasz)
    assert client.post(reverse("office:survey_revoke", args=[ask.pk])).status_code == 403
