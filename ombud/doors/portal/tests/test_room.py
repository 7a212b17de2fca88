"""The room of an escalation as its customer sees it."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile

from ombud.foundation.notifications.queries import unread
from ombud.foundation.people import actions as people
from ombud.foundation.people.branding import default_brand, keep_brand
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Asking, Escalation, Pulse, Silence, Stage
from ombud.spine.escalations.solutions_due import work_solutions
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message

from .test_room_links import everything_of


def fresh(escalation):
    return Escalation.objects.get(pk=escalation.pk)


@pytest.mark.mission("P6", "M11", "M14")
def test_the_heading_is_a_promise_by_a_person_with_a_clock(cast, escalation, room):
    words = room(cast.carla).words()
    assert "Carla, Emil writes to you by 14:36." in words
    assert "next word in" in words
    assert "Times are those of Las Palmas." in words


def test_a_brand_that_names_nobody_says_what_they_are(cast, escalation, room):
    keep_brand(name="Parcelline", names_person=False, by=None, now=cast.now)
    words = room(cast.carla).words()
    assert "Carla, your escalation manager writes to you by 14:36." in words
    assert "Emil" not in words


@pytest.mark.mission("P6", "M14")
def test_when_we_are_late_it_says_so_like_a_person(cast, escalation, room):
    cast.later(minutes=75)
    work_updates(cast.now)
    words = room(cast.carla).words()
    assert "Carla, we are late, and we are sorry." in words
    assert "You should have heard from us by 14:36 today." in words
    assert "not sent yet, and we are sorry" in words
    assert "SLA" not in words


def test_late_updates_stand_in_the_history_as_late(cast, escalation, room):
    actions.send_update(escalation, process="We look.", by=cast.emil, now=cast.now)
    cast.later(days=6)
    work_updates(cast.now)
    actions.send_update(escalation, process="Found.", by=cast.emil, now=cast.now)
    assert "later than we had promised" in room(cast.carla).words()


@pytest.mark.mission("P6", "M31")
def test_it_says_what_we_understood_what_it_means_and_who_is_on_it(cast, offered, room, escalation):
    actions.add_stakeholder(escalation, cast.jun, "technical", by=cast.emil, now=cast.now)
    actions.add_contact(escalation, cast.rui, "technical", by=cast.emil, now=cast.now)
    words = room(cast.carla).words()
    for said in (
        "What we understood Customs refuse.",
        "What it means for Acme Outdoor 412 parcels.",
        "Jun Watanabe repairs the cause",
        "Rui Cabrera technical contact",
        "This page is private to Carla Benítez, Rui Cabrera.",
        "Being resolved",
    ):
        assert said in words, said


@pytest.mark.mission("M47", "M48", "P6")
def test_they_accept_a_workaround_and_the_fix_stays_owed(cast, offered, room, escalation):
    page = room(cast.carla)
    assert "A workaround is ready for you to judge" in page.words()
    page.post("accept")
    offered.refresh_from_db()
    assert (offered.answer, offered.how, offered.answered_by) == ("accepted", "customer", cast.carla)
    assert fresh(escalation).stage == Stage.RESOLVED
    words = page.words()
    assert "You accepted this. Thank you. We still owe you the fix: Sun 13:56" in words, words


@pytest.mark.mission("M48", "P6")
def test_not_yet_says_what_is_missing_and_acts(cast, offered, room, escalation):
    page = room(cast.carla)
    assert "Say what is still missing" in page.post("decline", expect=422)
    page.post("decline", words="Only half of them pass.")
    offered.refresh_from_db()
    assert (offered.answer, offered.answer_words) == ("declined", "Only half of them pass.")
    assert "escalation_declined" in {notice.kind for notice in unread(cast.emil)}
    assert "You said: not yet." in page.words()


def test_of_two_answers_at_once_the_first_one_counts(cast, offered, room):
    page, other = room(cast.carla), room()
    page.post("accept")
    assert "This was answered already" in other.post("decline", expect=422, words="No.", who=cast.carla.pk)
    assert "This was answered already" in page.post("accept", expect=422)
    offered.refresh_from_db()
    assert offered.answer == "accepted"


@pytest.mark.parametrize("then, answer", [("ask", ""), ("accept", "accepted")])
def test_silence_is_reminded_once_and_then_read_as_the_policy_says(cast, offered, room, then, answer):
    Silence.objects.create(then=then)
    work_solutions(cast.later(days=2, minutes=1))
    work_solutions(cast.later(days=5, minutes=1))
    offered.refresh_from_db()
    assert offered.answer == answer
    assert Message.objects.filter(text__contains="Print from the carrier page.").count() == 2


@pytest.mark.mission("M37", "P6")
def test_a_bad_pulse_acts_at_once(cast, escalation, room):
    actions.waive(escalation, cast.now + timedelta(days=3), "They asked for it.", by=cast.emil, now=cast.now)
    page = room(cast.carla)
    page.post("pulse", score="2", words="Nobody calls.")
    pulse = Pulse.objects.get()
    assert (pulse.score, pulse.words, pulse.customer) == (2, "Nobody calls.", cast.carla)
    assert "escalation_pulse" in {notice.kind for notice in unread(cast.emil)}
    assert fresh(escalation).waived_until is None
    assert fresh(escalation).next_update_at == cast.now + timedelta(hours=1)
    words = page.words()
    assert "Whoever answers for this was told at once. You hear from us by 14:36 today." in words
    assert "You said 2 of 10" in words


def test_a_good_pulse_only_thanks(cast, escalation, room):
    before = fresh(escalation).next_update_at
    room(cast.carla).post("pulse", score="9")
    assert fresh(escalation).next_update_at == before
    assert "escalation_pulse" not in {notice.kind for notice in unread(cast.emil)}


def test_what_is_pressed_twice_happens_once(cast, escalation, room):
    page = room(cast.carla)
    for _again in range(2):
        page.post("pulse", score="2", words="Nobody calls.")
        page.post("higher", words="I want your head of support.")
        page.post("write", words="One more thing.")
    assert (Pulse.objects.count(), Asking.objects.count()) == (1, 1)
    assert Message.objects.filter(text="One more thing.").count() == 1


def test_a_number_must_be_chosen(cast, escalation, room):
    for score in ("", "0", "11", "x"):
        assert "Choose a number from 1 to 10." in room(cast.carla).post("pulse", expect=422, score=score)
    assert not Pulse.objects.exists()


@pytest.mark.mission("M19", "P6")
def test_they_take_it_higher_with_a_reason(cast, escalation, room):
    page = room(cast.carla)
    page.post("higher", reason="heard", words="Three days without a word.")
    asking = Asking.objects.get()
    assert (asking.how, asking.reason, asking.outcome) == ("room", "unheard", "climbed")
    assert "escalation_asked" in {notice.kind for notice in unread(cast.emil)}
    assert "Told at once: Emil Okafor." in page.words()


@pytest.mark.mission("M19")
def test_without_an_escalation_they_ask_for_one(cast, room, ticket):
    assert cast.ines
    page = room(cast.carla)
    assert "I need this escalated" in page.words()
    page.post("higher", words="It stands still.")
    assert Asking.objects.get().how == "link"
    assert "escalation_wanted" in {notice.kind for notice in unread(cast.ines)}
    assert "You asked for more" in page.words()


def test_a_brand_without_a_way_up_offers_none(cast, room, ticket):
    keep_brand(name="Parcelline", way_up=False, by=None, now=cast.now)
    assert "I need this escalated" not in room(cast.carla).words()


@pytest.mark.mission("M31", "P6")
def test_what_they_write_correct_and_add_is_a_message_of_theirs(cast, escalation, room, ticket):
    page = room(cast.carla)
    page.post("correct", words="It is every parcel.")
    page.post("also", words="Our shop in Sevilla.")
    said = list(
        Message.objects.filter(ticket=ticket, channel="portal").values_list("text", "by_customer__name")
    )
    assert said == [
        ("About what you understood: It is every parcel.", "Carla Benítez"),
        ("This also affects: Our shop in Sevilla.", "Carla Benítez"),
    ]
    assert "Our shop in Sevilla." in page.words()
    assert "Write a few words." in page.post("write", expect=422, words=" ")


def test_with_a_link_for_all_one_says_who_one_is(cast, escalation, room):
    actions.add_contact(escalation, cast.rui, "technical", by=cast.emil, now=cast.now)
    page = room()
    assert "Who are you?" in page.words()
    page.post("pulse", score="3", who=cast.rui.pk)
    assert Pulse.objects.get().customer == cast.rui
    assert "Say who you are." in page.post("pulse", expect=422, score="3", who=cast.mallory.pk)


def test_after_it_was_reviewed_the_page_says_so_and_offers_nothing(cast, offered, room, escalation):
    page = room(cast.carla)
    page.post("accept")
    actions.settle_fix(offered, by=cast.emil, now=cast.now)
    actions.reach(fresh(escalation), Stage.REVIEWED, by=cast.emil, now=cast.now)
    words = page.words()
    assert "Carla, it is solved, and reviewed with you." in words
    assert "Take it higher now" not in words
    assert "This escalation is over" in page.post("pulse", expect=422, score="2")


def test_what_is_no_escalation_any_more_is_a_request_again(cast, escalation, room):
    actions.de_escalate(escalation, "SECRET", by=cast.emil, now=cast.now)
    page = room(cast.carla)
    assert "I need this escalated" in page.words()
    assert "SECRET" not in everything_of(page)


@pytest.mark.parametrize(
    "language, said",
    [("es", "Carla"), ("fr", "Carla"), ("zh-hans", "Carla")],
)
def test_it_speaks_their_language(cast, escalation, room, language, said):
    source = room(cast.carla, language=language).get()
    assert f'lang="{ {"zh-hans": "zh-Hans"}.get(language, language) }"' in source
    assert said in source


def test_nothing_that_a_brief_says_of_another_account_is_shown(cast, escalation, room):
    from_elsewhere = people.keep_account(name="Nordlicht Möbel", by=None, now=cast.now).name
    Escalation.objects.filter(pk=escalation.pk).update(understood=f"The same as at {from_elsewhere}.")
    assert from_elsewhere not in everything_of(room(cast.carla))


def test_the_room_weighs_little(cast, offered, room):
    source = room(cast.carla).get()
    weight = len(gzip.compress(source.encode(), 6))
    seen = set()
    for href in re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', source):
        weight += _weight_of(href, seen)
    for href in re.findall(r'href="(/brand/[^"]+)"', source):
        weight += len(gzip.compress(room(cast.carla).client.get(href.replace("&amp;", "&")).content, 6))
    assert weight < 60_000, weight


def _weight_of(name, seen):
    if name in seen:
        return 0
    seen.add(name)
    path = Path(finders.find(name))
    text = path.read_text()
    weight = len(gzip.compress(text.encode(), 6))
    for imported in re.findall(r'@import "([^"]+)"', text):
        weight += _weight_of(str((Path(name).parent / imported).as_posix()).replace("portal/../", ""), seen)
    return weight


def test_writing_in_what_was_solved_opens_it_again(cast, room, ticket):
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
    room(cast.carla).post("write", words="Still blank.")
    ticket.refresh_from_db()
    assert ticket.status == "open"


@pytest.mark.mission("P6", "M3")
def test_what_they_write_takes_files_along_which_the_agent_finds_and_they_read_again(
    cast, escalation, room, client, ticket
):
    page, pixel = room(cast.carla), b"\x89PNG\r\n\x1a\nlabel"
    assert 'enctype="multipart/form-data"' in page.get()
    sent = lambda: SimpleUploadedFile("label <1>.png", pixel, "image/png")  # noqa: E731
    page.post("write", words="Here it is.", files=[sent(), SimpleUploadedFile("a.txt", b"a")])
    page.post("write", words="Here it is.", files=[sent(), SimpleUploadedFile("a.txt", b"a")])
    said = Message.objects.get(text="Here it is.")
    assert said.has_attachments
    picture = said.attachments.get(content_type="image/png")
    assert "label &lt;1&gt;.png" in page.get()
    answer = page.client.get(f"{page.path}files/{picture.pk}/x")
    assert b"".join(answer.streaming_content) == pixel
    cast.signed_in(client, cast.ada)
    assert "label &lt;1&gt;.png" in client.get(f"/tickets/{ticket.number}/").content.decode()
    page.post("write", words="Here it is.", files=[SimpleUploadedFile("b.txt", b"another")])
    assert Message.objects.filter(text="Here it is.").count() == 2


def test_too_many_or_too_large_files_are_refused_and_nothing_is_said(cast, escalation, room, monkeypatch):
    page = room(cast.carla)
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(11)]
    answer = page.post("write", expect=422, words="All of them.", files=many)
    assert "At most 10 files, please." in answer
    assert "All of them." in answer
    monkeypatch.setattr("ombud.doors.portal.forms.MOST_BYTES", 10)
    large = SimpleUploadedFile("large.txt", b"x" * 11)
    assert "larger than 20 MB" in page.post("write", expect=422, words="All of them.", files=[large])
    assert not Message.objects.filter(text="All of them.").exists()


def test_files_reach_a_request_that_is_not_escalated_too(cast, room):
    page = room(cast.carla)
    page.post("write", words="See here.", files=[SimpleUploadedFile("a.txt", b"a")])
    assert Message.objects.get(text="See here.").attachments.get().name == "a.txt"


@pytest.mark.mission("P6")
def test_they_call_who_leads_it_where_the_brand_shows_the_number(cast, escalation, room):
    number = "+31 (0)10 555 01 42 ext. 7"
    cast.emil.phone = number
    cast.emil.save()
    assert "tel:" not in room(cast.carla).get() and number not in room(cast.carla).get()
    keep_brand(name="Parcelline", shows_phone=True, by=None, now=cast.now)
    page = room(cast.carla)
    assert 'href="tel:+31105550142"' in page.get()
    assert number in page.words()
    keep_brand(brand=default_brand(), names_person=False, by=None, now=cast.now)
    assert "tel:" not in page.get() and "555" not in page.words()


def test_nobody_calls_where_no_number_is_known_or_it_is_another_accounts(cast, escalation, room):
    keep_brand(name="Parcelline", shows_phone=True, by=None, now=cast.now)
    assert "tel:" not in room(cast.carla).get()
    cast.emil.phone = "010 555 01 42"
    cast.emil.save()
    assert "tel:0105550142" in room(cast.carla).get()
    joined = cast.writes(cast.mallory)
    actions.join(escalation, joined, by=cast.emil, now=cast.now)
    assert "tel:" not in room(cast.mallory, about=joined).get()
