"""Links to the room: whom they let in, and what nobody ever sees behind them."""

from datetime import timedelta

import pytest
from django.test import Client

from ombud.foundation.events.models import Event
from ombud.foundation.people import actions as people
from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation, Pass, Reason
from ombud.spine.escalations.passes import token_of
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message, Ticket

SECRETS = {
    "title": "SECRET-title",
    "workaround": "SECRET-workaround",
    "fix": "SECRET-fix",
    "do_say": "SECRET-say",
    "do_not_say": "SECRET-silence",
}
HIDDEN = ["SECRET", "987654", "9,876", "E-101", "handled_badly", *map(str, Reason.labels)]


def everything_of(page):
    """Every byte that one gets with this link, headers too."""
    answer = page.client.get(page.path)
    return answer.content.decode() + str(list(answer.items()))


@pytest.mark.parametrize("token", ["x", "MQ.forged", "MQ", "1", "..", "MQ:1a:abc", "e30.abc"])
def test_a_forged_link_leads_nowhere(cast, room, token):
    answer = Client().get(f"/c/{token}/")
    assert answer.status_code == 404
    assert b"Carla" not in answer.content


def test_a_link_cannot_be_guessed_from_another(cast, room):
    page = room(cast.carla)
    token = page.path.split("/")[2]
    for at in range(0, len(token), 7):
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert Client().get(f"/c/{other}/").status_code in (404, 410)


def test_a_link_ends_by_itself_and_by_us(cast, room, ticket):
    page = room(cast.carla)
    cast.later(days=91)
    assert "This link has ended." in page.words(expect=410)
    page.post("higher", expect=410)
    new = room(cast.rui)
    actions.revoke_pass(Pass.objects.get(customer=cast.rui), by=cast.ada, now=cast.now)
    assert "This link has ended." in new.words(expect=410)
    assert b"Etiquetas" not in new.client.get(new.path).content


def test_the_same_customer_keeps_the_same_link(cast, room):
    first = room(cast.carla).path
    cast.later(days=50)
    assert room(cast.carla).path == first
    assert "200" in str(room(cast.carla).client.get(first).status_code)


def test_a_scanner_that_opens_everything_changes_nothing(cast, offered, room):
    page = room(cast.carla)
    before = Event.objects.count()
    for deed in ("", "accept", "decline", "pulse", "higher", "write", "correct", "also", "nonsense"):
        for ask in (page.client.get, page.client.head):
            assert ask(f"{page.path}{deed}").status_code in (200, 405)
    assert Event.objects.count() == before
    offered.refresh_from_db()
    assert offered.answer == ""
    assert Pass.objects.get(customer=cast.carla).opened_at == cast.now


def test_a_post_without_the_forms_own_key_is_refused(cast, offered, room):
    page = room(cast.carla)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(f"{page.path}accept").status_code == 403
    offered.refresh_from_db()
    assert offered.answer == ""


def test_no_cache_and_no_search_engine_keeps_it(cast, room):
    answer = room(cast.carla).client.get(room(cast.carla).path)
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_merged_tickets_link_goes_on_in_the_survivor(cast, room, ticket):
    page = room(cast.carla)
    other = cast.writes(cast.rui, subject="Lo mismo")
    tickets.merge(ticket, other, by=cast.ada, now=cast.now)
    assert "Lo mismo" in page.words()


def test_a_merge_into_a_strangers_ticket_lets_nobody_in(cast, room, ticket):
    page, all_in_thread = room(cast.carla), room()
    other = cast.writes(cast.mallory, subject="Mallorys own")
    tickets.merge(ticket, other, by=cast.ada, now=cast.now)
    for one in (page, all_in_thread):
        assert "Mallorys own" not in one.words(expect=410)


def test_a_removed_contacts_link_ends_and_so_do_those_for_all(cast, escalation, room):
    actions.add_contact(escalation, cast.rui, "technical", by=cast.emil, now=cast.now)
    theirs, for_all, carlas = room(cast.rui), room(), room(cast.carla)
    assert theirs.get() and for_all.get()
    actions.remove_contact(escalation, cast.rui, by=cast.emil, now=cast.now)
    assert theirs.words(expect=410) and for_all.words(expect=410)
    assert "Rui" not in carlas.words()


def test_who_left_the_company_is_not_let_in_any_more(cast, escalation, room):
    page = room(cast.rui)
    assert page.get()
    people.change_customer(cast.rui, account=None, by=cast.greta, now=cast.now)
    assert page.get(expect=410)


@pytest.mark.mission("P6", "M31")
def test_who_is_only_joined_sees_their_own_thread_and_nothing_of_the_other_company(cast, escalation, room):
    joined = cast.writes(cast.chen, text="打印不出来。", subject="面单")
    actions.join(escalation, joined, by=cast.emil, now=cast.now)
    actions.add_contact(escalation, cast.rui, "buyer", by=cast.emil, now=cast.now)
    actions.set_brief(
        escalation, understood="THEIRS-u", impact="THEIRS-i", needs="THEIRS-n", by=cast.emil, now=cast.now
    )
    actions.send_update(escalation, process="We found the cause.", by=cast.emil, now=cast.now)
    page = room(cast.chen, about=joined)
    source = everything_of(page)
    assert "We found the cause." in source
    for hidden in ("THEIRS", "Acme", "Carla", "Rui", "Etiquetas", "aduana", "Tomasz", "Ferrer"):
        assert hidden not in source, hidden
    carlas = everything_of(room(cast.carla))
    for hidden in ("陈思远", "面单", "yunhai"):
        assert hidden not in carlas, hidden


def test_who_is_only_joined_can_accept_nothing_for_the_other_company(cast, offered, room, escalation):
    joined = cast.writes(cast.chen)
    actions.join(escalation, joined, by=cast.emil, now=cast.now)
    page = room(cast.chen, about=joined)
    page.post("accept", expect=422)
    offered.refresh_from_db()
    assert offered.answer == ""


@pytest.mark.mission("P6", "M21")
def test_no_byte_of_what_is_inside_is_behind_any_link_or_in_any_letter(cast, room, ticket, escalation):
    people.found_company(
        name="Parcelline",
        language="en",
        time_zone="Europe/Amsterdam",
        address="https://desk.test",
        now=cast.now,
    )
    Escalation.objects.filter(pk=escalation.pk).update(reason="handled_badly", at_risk=987654)
    other = cast.writes(cast.mallory, text="SECRET-other", subject="SECRET-subject")
    tickets.note(ticket, by=cast.ada, text="SECRET-note", now=cast.now)
    actions.set_brief(escalation, **SECRETS, by=cast.emil, now=cast.now)
    actions.decide(escalation, "SECRET-decision", "SECRET-basis", by=cast.emil, now=cast.now)
    actions.waive(escalation, cast.now + timedelta(days=1), "SECRET-waiver", by=cast.emil, now=cast.now)
    actions.end_waiver(escalation, now=cast.now)
    proposed = actions.propose(escalation, "fix", "SECRET-proposal", by=cast.emil, now=cast.now)
    actions.send_update(escalation, process="Estamos en ello.", by=cast.emil, now=cast.now)
    pages = [room(cast.carla), room(), room(cast.rui)]
    for page in pages:
        source = everything_of(page)
        assert "Estamos en ello." in source
        assert [one for one in HIDDEN if one in source] == []
    actions.withdraw(proposed, "SECRET-why", by=cast.emil, now=cast.now)
    letters = "".join(
        str(getattr(letter, field.attname))
        for letter in Letter.objects.filter(kind="reply")
        for field in letter._meta.concrete_fields
    )
    assert "https://desk.test/c/" in letters
    assert [one for one in HIDDEN if one in letters] == []
    assert "Estamos en ello." not in everything_of(room(cast.mallory, about=other))


@pytest.fixture
def reached(cast):
    """The desk is reached at an address, so that letters can lead to it."""
    return people.found_company(
        name="Parcelline",
        language="en",
        time_zone="Europe/Amsterdam",
        address="https://desk.test",
        now=cast.now,
    )


def answer(cast, ticket, text="Un momento.", **more):
    cast.later(minutes=5)
    ticket = Ticket.objects.get(pk=ticket.pk)
    return tickets.reply(ticket, by=cast.ada, text=text, now=cast.now, **more).letter


@pytest.mark.mission("M19", "P6")
def test_from_the_second_reply_on_a_letter_shows_the_way_to_the_person_in_charge(cast, reached, ticket):
    first, second = answer(cast, ticket), answer(cast, ticket)
    assert "/c/" not in first.text
    link = f"https://desk.test/c/{token_of(Pass.objects.get(customer=cast.carla))}/"
    assert link in second.text
    assert link in second.html


@pytest.mark.mission("P6", "M14")
def test_an_update_is_drawn_as_a_sheet_with_one_button_and_an_answer_stays_quiet(
    cast, reached, ticket, escalation
):
    Ticket.objects.filter(pk=ticket.pk).update(language="en")
    cast.later(minutes=20)
    sent = actions.send_update(
        escalation,
        process="We know the cause. It ships at 14:40.",
        impact="412 parcels wait.",
        promises="Workaround by 15:10: kept.",
        by=cast.emil,
        now=cast.now,
    )
    letter = sent.messages.get().letter
    link = f"https://desk.test/c/{token_of(Pass.objects.get(customer=cast.carla))}/"
    for said in (
        "Where it stands</h2>",
        "We know the cause.</p>",
        "What we promised</h2>",
        "412 parcels wait.",
    ):
        assert said in letter.html, said
    assert f"#{ticket.number} · update 1</p>" in letter.html
    assert letter.html.count(link) == letter.text.count(link) == 1
    assert "Where it stands\nWe know the cause. It ships at 14:40.\n\nWhat it means for you" in letter.text
    quiet = answer(cast, ticket)
    assert "<h2" not in quiet.html and "<table" not in quiet.html


def test_while_it_is_escalated_each_letter_leads_to_the_room(cast, reached, ticket):
    actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    assert "https://desk.test/c/" in answer(cast, ticket).text


def test_with_others_in_copy_the_link_is_for_all_and_with_strangers_there_is_none(cast, reached, ticket):
    actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    copied = answer(cast, ticket, cc=[["Rui", cast.rui.email]])
    assert token_of(Pass.objects.get(customer=None)) in copied.text
    assert "/c/" not in answer(cast, ticket, cc=[["Mallory", cast.mallory.email]]).text


def test_without_an_address_of_the_desk_no_letter_names_a_link(cast, ticket):
    actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    assert "/c/" not in answer(cast, ticket).text


def test_files_are_for_whom_the_message_is(cast, escalation, room, ticket):
    assert room(cast.carla).client.get(f"{room(cast.carla).path}files/1/x.txt").status_code == 404
    assert Message.objects.filter(ticket=ticket).exists()
