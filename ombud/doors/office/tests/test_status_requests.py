"""What a technical owner is asked: in one mail, with answers that a tap chooses and a button sends."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from ombud.features.quiet_status import actions, tokens
from ombud.features.quiet_status.models import Answer, Bundle, Request, Wishes
from ombud.features.quiet_status.tests.house import escalate, next_update, utc, work
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.foundation.post import actions as post
from ombud.foundation.post.delivery import send_due
from ombud.spine.escalations import actions as escalations
from ombud.spine.sla import actions as sla

LINK = re.compile(r"(No change|Progress|Blocked|New time): https://support\.parcelline\.example(/status/\S+)")
TITLE = "Label printers print blank pages since 4.18"


@pytest.fixture
def desk(cast, smtp_sink, monkeypatch):
    """A desk whose mails leave, and two escalations whose fix Jun owns."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)
    address = "https://support.parcelline.example"
    about = {"name": "Parcelline", "language": "en", "time_zone": "Europe/Amsterdam", "address": address}
    people.found_company(**about, now=cast.now)
    server = {"smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port, "smtp_security": "none"}
    post.keep_mailbox(mailbox=cast.mailbox, by=None, now=cast.now, **server)
    cast.now = utc(8, 30)
    first = cast.writes(cast.carla, text="Nobody outside may read this.", subject=TITLE)
    sla.promise(first, utc(11, day=20), "Fixed by noon on Friday.", by=cast.emil, now=cast.now)
    cast.printers = escalate(cast, cast.jun, severity="medium", ticket=first)
    cast.labels = escalate(cast, cast.jun, severity="medium")
    for escalation in (cast.printers, cast.labels):
        next_update(cast, escalation, utc(16, day=20))
    return cast


@pytest.fixture
def mailed(desk, smtp_sink):
    """Both were asked about at ten; `links` are the answers to the first, by their words."""
    for escalation in (desk.printers, desk.labels):
        actions.ask(escalation, desk.jun, question="Does 4.19 hold?", by=desk.emil, now=desk.now)
    desk.now = utc(9)
    work(desk)
    send_due(desk.now)
    [desk.letter] = smtp_sink.wait_for(1)
    desk.text = desk.letter.message.get_body(["plain"]).get_content()
    desk.links = dict(LINK.findall(desk.text.partition(str(desk.labels))[0]))
    desk.link = desk.links["Progress"].partition("?")[0]
    return desk


def read(client, link, status=200):
    answer = client.get(link, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, link, status=200, **said):
    answer = client.post(link, said, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.mission("P10", "M34")
def test_several_questions_are_one_mail_at_a_time_of_theirs(mailed, smtp_sink):
    assert mailed.letter.recipients == ["jun@parcelline.example"]
    assert mailed.letter.message["Subject"] == "How do 2 escalations stand?"
    assert str(mailed.printers) in mailed.text
    assert str(mailed.labels) in mailed.text
    mailed.later(minutes=20)
    work(mailed)
    send_due(mailed.now)
    assert len(smtp_sink.letters) == 1
    assert [notice.kind for notice in unread(mailed.jun) if notice.kind.startswith("status")] == [
        "status_request"
    ]


@pytest.mark.mission("M35")
def test_the_mail_says_how_urgent_it_is_and_what_falls_due(mailed):
    assert "Urgency: Medium" in mailed.text
    assert "Next update: Fri 17:00" in mailed.text
    assert re.search(r"Fixed by noon.*Fri 12:00", mailed.text)
    html = mailed.letter.message.get_body(["html"]).get_content()
    assert "Fri 17:00" in html
    assert html.count('class="choice"') == 8


def test_no_customers_words_go_along(mailed):
    assert "Nobody outside may read this" not in mailed.letter.raw.decode("utf-8", "replace")
    assert "carla@" not in mailed.text


@pytest.mark.mission("P10", "M34")
def test_a_tap_chooses_and_the_button_answers_without_signing_in(mailed, client):
    page = read(client, mailed.links["Blocked"])
    assert TITLE in page
    assert re.search(r'value="blocked" required checked', page)
    assert not Answer.objects.exists()
    page = send(client, mailed.links["Blocked"], kind="blocked", line="No ZD220 here.")
    assert "Thank you, Jun Watanabe" in page
    assert "No ZD220 here." in page
    assert [notice.kind for notice in unread(mailed.emil) if "blocked" in notice.kind] == ["status_blocked"]
    seen = read(mailed.signed_in(client, mailed.emil), f"/escalations/{mailed.printers}/")
    assert "No ZD220 here." in seen
    assert "Blocked" in seen


def test_who_scans_links_answers_nothing(mailed, client):
    for link in mailed.links.values():
        for ask in (client.get, client.head, client.options):
            ask(link)
    assert not Answer.objects.exists()


def test_a_second_answer_is_told_that_there_is_one(mailed, client):
    send(client, mailed.link, kind="progress")
    page = send(client, mailed.link, kind="blocked")
    assert "Thank you" in page
    assert "Progress" in page
    assert Answer.objects.get().kind == "progress"


def test_a_new_time_is_read_on_their_own_clock(mailed, client):
    people.change_person(mailed.jun, time_zone="Asia/Tokyo", by=mailed.jun, now=mailed.now)
    page = send(client, mailed.link, 422, kind="new_eta")
    assert "By when do you expect it now?" in page
    assert "Say by when you expect it now." in page
    send(client, mailed.link, kind="new_eta", eta="2026-11-21T18:00")
    assert Answer.objects.get().eta == utc(9, day=21)


def test_without_a_choice_nothing_is_sent(mailed, client):
    assert "Choose one of the four." in send(client, mailed.link, 422)
    assert not Answer.objects.exists()


def test_what_is_left_of_the_mail_is_one_tap_away(mailed, client):
    page = send(client, mailed.link, kind="no_change")
    [other] = re.findall(r'href="(/status/[^"/]+)"', page)
    assert str(mailed.labels) in read(client, other)


def test_over_is_over(mailed, client):
    escalations.de_escalate(mailed.printers, "A mistake.", by=mailed.emil, now=mailed.now)
    assert "Nobody asks any more" in read(client, mailed.link)
    send(client, mailed.link, kind="progress")
    assert not Answer.objects.exists()


def test_a_false_link_leads_nowhere_and_an_old_one_says_so(mailed, client, monkeypatch):
    assert "leads nowhere" in read(client, mailed.link[:-3] + "abc", 404)
    late = signing.time.time() + (tokens.LIFE + timedelta(hours=1)).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert "out of date" in read(client, mailed.link, 410)


def test_who_left_answers_no_more(mailed, client):
    people.change_person(mailed.jun, is_active=False, by=mailed.greta, now=mailed.now)
    read(client, mailed.link, 410)


def test_it_needs_no_cookie_and_is_kept_by_nobody(mailed):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.get(mailed.link)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert strict.post(mailed.link, {"kind": "progress"}).status_code == 302
    assert Answer.objects.get().by == mailed.jun


@pytest.mark.mission("M34", "M35")
def test_their_own_page_shows_what_is_asked_and_takes_an_answer(mailed, client):
    client = mailed.signed_in(client, mailed.jun)
    page = read(client, "/status/")
    assert page.count('class="status-row"') == 2
    assert "Does 4.19 hold?" in page
    assert "Medium" in page
    page = send(client, f"/status/{mailed.printers}/say", kind="progress", line="In review.")
    assert "In review." in page
    assert Answer.objects.get().request.state == "answered"


def test_their_own_page_asks_no_question_for_each_escalation(mailed, client, django_assert_max_num_queries):
    client = mailed.signed_in(client, mailed.jun)
    for _n in range(3):
        escalate(mailed, mailed.jun, severity="medium")
    client.get("/status/")
    with django_assert_max_num_queries(24):
        page = read(client, "/status/")
    assert page.count('class="status-row"') == 5


def test_what_was_refused_keeps_the_line(mailed, client):
    client = mailed.signed_in(client, mailed.jun)
    page = send(client, f"/status/{mailed.printers}/say", 422, kind="new_eta", line="Soon.")
    assert 'value="Soon."' in page
    assert "Say by when you expect it now." in page


def test_nobody_answers_for_what_is_not_theirs(mailed, client):
    client = mailed.signed_in(client, mailed.tomasz)
    send(client, f"/status/{mailed.printers}/say", 404, kind="progress")
    assert "Nobody asks you for a status" in read(client, "/status/")


@pytest.mark.mission("P10")
def test_everybody_chooses_their_own_times(desk, client):
    client = desk.signed_in(client, desk.jun)
    wishes = {
        "times": "9:15; 15.30",
        "weekdays": ["0", "1", "2", "3"],
        "day_from": "8:00",
        "day_until": "17:00",
    }
    page = send(client, "/settings/status", **wishes, focus="10:00-12:00", budget="2", by_mail="on")
    assert "this is when you are asked" in page
    mine = Wishes.objects.get(person=desk.jun)
    assert (mine.times, mine.weekdays, mine.focus) == ([555, 930], [0, 1, 2, 3], [["10:00", "12:00"]])
    page = send(client, "/settings/status", 422, **wishes, focus="9:00-12:00", budget="2")
    assert "9:15 lies in your focus hours." in page


@pytest.mark.mission("P10")
def test_an_interruption_against_their_wishes_is_seen_by_both(desk, client):
    actions.set_wishes(desk.jun, budget=0, by=desk.jun, now=desk.now)
    ticket = desk.writes(desk.carla)
    desk.now = utc(9, 10)
    sla.promise(ticket, utc(11), "Fixed by noon.", by=desk.emil, now=desk.now)
    escalation = escalate(desk, desk.jun, ticket=ticket)
    assert Bundle.objects.get().against == ["budget"]
    why = "would break at 12:00. It went against the day’s budget."
    assert why in read(desk.signed_in(client, desk.jun), "/settings/status")
    assert "would break at 11:00" in read(desk.signed_in(client, desk.emil), f"/escalations/{escalation}/")


@pytest.mark.mission("P10")
def test_the_manager_asks_from_the_escalations_page_and_hears_when(desk, client):
    client = desk.signed_in(client, desk.emil)
    said = {"person": desk.jun.pk, "question": "Does it hold?"}
    page = send(client, f"/escalations/{desk.printers}/ask/", **said)
    assert "Jun Watanabe is asked at 09:00, with everything else." in page
    assert Request.objects.get(escalation=desk.printers).question == "Does it hold?"


def test_what_was_answered_never_leaves_with_an_update(mailed, client, smtp_sink):
    send(client, mailed.link, kind="blocked", line="Kestrel is on fire.")
    escalations.send_update(mailed.printers, process="Seguimos.", by=mailed.emil, now=mailed.now)
    send_due(mailed.later(minutes=1))
    to_carla = [one for one in smtp_sink.wait_for(2) if "carla@acme-outdoor.example" in one.recipients]
    assert to_carla
    assert not any("Kestrel" in one.raw.decode("utf-8", "replace") for one in to_carla)


def test_who_reads_chinese_is_asked_in_chinese(mailed, client):
    people.change_person(mailed.jun, language="zh-hans", by=mailed.jun, now=mailed.now)
    page = read(client, mailed.link)
    assert 'lang="zh-Hans"' in page
    assert "进展如何？" in page
    assert "没有变化" in page


def test_a_notice_about_several_leads_to_their_page(mailed, client):
    [notice] = unread(mailed.jun).filter(kind="status_request")
    answer = mailed.signed_in(client, mailed.jun).get(f"/told/{notice.pk}")
    assert answer["Location"] == "/status/"
