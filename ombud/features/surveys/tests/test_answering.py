"""One click and one button: what a link opens, and what it never does."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from ombud.features.surveys import actions
from ombud.features.surveys.models import Answer, Ask
from ombud.foundation.events.models import Event
from ombud.foundation.people import actions as people

from .conftest import body


@pytest.fixture(autouse=True)
def no_haste():
    """What was counted for the tests before."""
    cache.clear()


@pytest.fixture
def present(monkeypatch, desk):
    """The customers' pages live in the desk's time."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.cast.now)
    return desk


@pytest.fixture
def links(present):
    """Asked by mail: the links of a customer, by the number they carry."""

    def ask(kind="csat", customer=None, **fields):
        present.survey(kind, **fields)
        present.resolved(customer or present.cast.mallory)
        present.later()
        found = re.findall(r'href="http://desk\.test(/survey/[^"/]+/(\d+))"', body(present.mails[-1], "html"))
        return {int(number): path for path, number in found}

    return ask


def page_of(link):
    return link.rpartition("/")[0]


def send(link, score, words="", client=None):
    return (client or Client()).post(link, {"score": score, "words": words}, follow=True)


@pytest.mark.mission("M88", "M54")
def test_a_click_and_a_button_store_score_and_words(links, desk):
    link = links()[8]
    shown = Client().get(link).content.decode()
    assert re.search(r'value="8" required checked', shown)
    assert Answer.objects.count() == 0
    thanks = send(link, 8, "Ada was quick.").content.decode()
    assert "Thank you. We have your answer." in thanks
    assert "Ada was quick." in thanks
    answer = Answer.objects.get()
    assert (answer.score, answer.words, answer.customer) == (8, "Ada was quick.", desk.cast.mallory)
    assert answer.ticket == Ask.objects.get().ticket


@pytest.mark.parametrize("verb", ["get", "head"])
def test_a_mail_scanner_that_opens_every_link_changes_nothing(links, verb):
    found = links()
    before = list(Ask.objects.values())
    events = Event.objects.count()
    for link in [*found.values(), page_of(found[1])] * 2:
        assert getattr(Client(), verb)(link).status_code == 200
    assert (list(Ask.objects.values()), Answer.objects.count(), Event.objects.count()) == (before, 0, events)


def test_nobody_votes_twice_and_an_answer_can_be_changed_for_a_stated_time(links, desk):
    found = links()
    send(found[3], 3, "Slow.")
    for _time in range(3):  # the same post once more, as by the back button
        send(found[3], 3, "Slow.")
    another = Client().get(found[9]).content.decode()
    assert "You answered 3 before." in another
    send(found[9], 9, "It got better.")
    answer = Answer.objects.get()
    assert (answer.score, answer.words, answer.changed_at) == (9, "It got better.", desk.cast.now)
    assert "You can change it until" in Client().get(page_of(found[9])).content.decode()
    desk.later(days=7, minutes=1)
    refused = send(found[1], 1)
    assert refused.status_code == 410
    assert "cannot be changed any more" in refused.content.decode()
    assert Answer.objects.get().score == 9


@pytest.mark.parametrize("score", ["0", "11", "-1", "", "ten", "９", "1" * 400])
def test_what_is_no_number_of_the_scale_is_not_stored(links, score):
    link = links()[5]
    refused = Client().post(link, {"score": score, "words": "Kept."})
    assert refused.status_code == 422
    assert "Kept." in refused.content.decode()
    assert Answer.objects.count() == 0


def test_a_number_that_is_not_of_the_scale_preselects_nothing(links):
    shown = Client().get(f"{page_of(links()[1])}/4711")
    assert shown.status_code == 200
    assert "checked" not in shown.content.decode()


def test_a_forged_link_opens_nothing(links):
    link = page_of(links()[1])
    pk, _dot, signature = link.rpartition("/")[2].partition(".")
    for forged in ("MQ.x", f"{pk}.{signature[:-2]}xx", f"Mg.{signature}", signature, "%00", "a" * 5000):
        answer = Client().get(f"/survey/{forged}")
        assert answer.status_code == 404, forged
        assert Client().post(f"/survey/{forged}", {"score": 1}).status_code == 404
    assert "This link is not complete" in answer.content.decode()
    assert Answer.objects.count() == 0


def test_an_expired_link_says_so(links, desk):
    link = links()[7]
    desk.later(days=30, minutes=1)
    for answer in (Client().get(link), send(link, 7)):
        assert answer.status_code == 410
        assert "This question is closed" in answer.content.decode()
    assert Answer.objects.count() == 0


def test_a_revoked_link_says_so(links, desk):
    link = links()[7]
    actions.revoke(Ask.objects.get(), by=desk.cast.ada, now=desk.cast.now)
    for answer in (Client().get(link), send(link, 7)):
        assert answer.status_code == 410
        assert "This question was taken back" in answer.content.decode()
    assert Answer.objects.count() == 0


def test_whoever_tries_links_is_slowed_down(links):
    link = links()[7]
    codes = [Client().get(f"/survey/MQ.{number}").status_code for number in range(25)]
    assert codes[:20] == [404] * 20
    assert set(codes[20:]) == {429}
    codes = [Client().post(link, {"score": 7}).status_code for _number in range(25)]
    assert codes[:20] == [302] * 20
    assert set(codes[20:]) == {429}


@pytest.mark.mission("M90")
def test_effort_says_which_end_is_which(links):
    shown = Client().get(links("ces")[7]).content.decode()
    assert "1 very hard" in shown
    assert "7 very easy" in shown


@pytest.mark.mission("M89")
def test_an_answer_from_nought_to_ten_is_counted(links, desk):
    link = links("nps")[0]
    send(link, 0)
    answer = Answer.objects.get()
    assert (answer.score, answer.survey.kind) == (0, "nps")


@pytest.mark.parametrize(
    ("who", "question"),
    [("carla", "¿Cuál es su grado"), ("chen", "您"), ("mallory", "How satisfied")],
)
def test_the_page_speaks_the_customers_language(links, desk, who, question):
    shown = Client().get(links(customer=getattr(desk.cast, who))[7]).content.decode()
    assert question in shown


def test_an_anonymous_answer_leads_to_nobody(links, desk):
    link = links(anonymous=True)[2]
    assert "anonymous" in body(desk.mails[0])
    assert "Your answer is anonymous" in Client().get(link).content.decode()
    assert "cannot be changed" in send(link, 2, "Nobody called me back.").content.decode()
    answer = Answer.objects.get()
    assert (answer.ask, answer.customer, answer.ticket, answer.team, answer.tier, answer.promise) == (
        *(None, None, None, None),
        "",
        None,
    )
    assert answer.answered_at == desk.cast.now.replace(day=1, hour=12, minute=0, second=0, microsecond=0)
    assert Event.objects.get(verb="survey.answered_anonymously").data == {"survey": answer.survey_id}
    assert send(link, 9).status_code == 410
    assert Answer.objects.get().score == 2


def test_an_anonymous_answer_carries_tier_and_team_only_among_ten(desk):
    cast = desk.cast
    team = cast.team("Support", cast.ada)
    survey = desk.survey(anonymous=True)
    for number in range(10):
        customer = people_meet(cast, number)
        ticket = desk.resolved(customer, subject=str(number))
        ticket.team = team
        ticket.save(update_fields=["team"])
        desk.later()
        if number == 8:
            early = Ask.objects.filter(survey=survey).first()
            actions.answer(early.pk, 5, language="en", now=cast.now)
    assert Answer.objects.get().team is None
    late = Ask.objects.filter(survey=survey).last()
    assert actions.answer(late.pk, 5, language="en", now=cast.now).team == team


def people_meet(cast, number):
    return people.meet(email=f"c{number}@other.example", name=f"C {number}", now=cast.now)


def test_the_page_is_light_and_needs_no_script(links):
    page = Client().get(links("nps")[7]).content.decode()
    assert "<script" not in page
    assert 'style="' not in page
    styles = [*re.findall(r'href="/static/([^"]+\.css)"', page), "ui/css/reset.css", "ui/css/tokens.css"]
    parts = [page.encode(), *(Path(finders.find(name)).read_bytes() for name in styles)]
    assert sum(len(gzip.compress(part)) for part in parts) < 60 * 1024
