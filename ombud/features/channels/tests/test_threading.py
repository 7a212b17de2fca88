"""Which ticket a mail belongs to."""

from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ombud.features.channels.models import AwaitedParent, Incoming
from ombud.foundation.people import actions as people
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets import events
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.numbers import token_of

from .letters import mail

pytestmark = [pytest.mark.django_db, pytest.mark.mission("M2")]
RUI = "Rui Cabrera <rui@acme-outdoor.example>"
CARLA = "Carla Benítez <carla@acme-outdoor.example>"
MALLORY = "Mallory <mallory@elsewhere.example>"

# (id, sender, Cc, answers, references)
CONVERSATION = [
    ("a", CARLA, RUI, "", ""),
    ("b", RUI, CARLA, "a", "a"),
    ("c", CARLA, RUI, "b", "a b"),
    ("d", CARLA, "", "b", "b"),
    ("e", RUI, CARLA, "c", "c"),
]
STRANGERS = [
    ("x", MALLORY, "", "a", "a"),
    ("y", MALLORY, CARLA, "c", "a b c"),
]


def letter(id, sender, cc, answers, references):
    subject = "Re: Etiquetas" if answers else "Etiquetas"
    return mail(
        sender=sender, cc=cc, subject=subject, text=f"I am {id}", id=f"{id}@m.example",
        answers=f"{answers}@m.example" if answers else "",
        references=" ".join(f"{one}@m.example" for one in references.split()),
    )  # fmt: skip


def said_in(ticket):
    return sorted(message.text[-1] for message in ticket.messages.all())


def live():
    return Ticket.objects.filter(merged_into=None)


@given(order=st.permutations(CONVERSATION), at_once=st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_conversation_is_one_ticket_in_any_order(post, cast, order, at_once):
    with transaction.atomic():
        for one in order:
            post.keeps(letter(*one))
            if not at_once:
                post.works()
        post.works()
        ticket = live().get()
        assert said_in(ticket) == ["a", "b", "c", "d", "e"]
        assert ticket.customer.email == "carla@acme-outdoor.example"
        assert not AwaitedParent.objects.exists()
        transaction.set_rollback(True)


@given(order=st.permutations([*CONVERSATION[:3], *STRANGERS]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_stranger_is_in_nobodys_ticket_in_any_order(post, cast, order):
    with transaction.atomic():
        for one in order:
            post.brings(letter(*one))
        for ticket in live():
            froms = {message.from_address for message in ticket.messages.all()}
            assert froms == {"mallory@elsewhere.example"} or "mallory@elsewhere.example" not in froms
        transaction.set_rollback(True)


def test_a_reply_before_its_parent_joins_it_and_the_ticket_is_of_whoever_began(post, cast):
    for order in permutations([CONVERSATION[0], ("b", RUI, "", "a", "a")]):
        with transaction.atomic():
            for one in order:
                post.brings(letter(*one))
            assert said_in(live().get()) == ["a", "b"]
            assert live().get().customer.email == "carla@acme-outdoor.example"
            transaction.set_rollback(True)


def test_two_tickets_of_one_conversation_are_merged_when_the_missing_link_arrives(post, cast):
    post.brings(letter("c", CARLA, "", "a", "a"))
    post.brings(letter("d", RUI, "", "b", "b"))
    assert live().count() == 2
    post.brings(letter("b", CARLA, RUI, "a", "a"))
    assert said_in(live().get()) == ["b", "c", "d"]
    assert Ticket.objects.order_by("number").first() == live().get()


def test_who_claims_to_be_the_missing_parent_is_not_believed(post, cast):
    """Mallory saw the Message-ID that Carla answers, and puts her into Cc."""
    post.brings(letter("b", CARLA, "", "a", "a"))
    post.brings(letter("a", MALLORY, CARLA, "", ""))
    assert live().count() == 2


def test_a_colleague_with_a_token_joins_and_the_agent_is_shown(post, cast):
    ticket = cast.writes(cast.carla)
    to = f"support+{token_of(ticket)}@desk.test"
    row = post.brings(mail(sender=MALLORY, to=to, subject="Re: Etiquetas"), envelope_to=[to])
    assert row.message.ticket == ticket
    joined = ticket.case.events.get(verb=events.JOINED_IN.name)
    assert joined.data["customer"] == row.message.by_customer_id


def test_a_forged_token_opens_no_door(post, cast):
    ticket = cast.writes(cast.carla)
    forged = f"support+t{ticket.number}.{'a' * 12}@desk.test"
    row = post.brings(mail(sender=MALLORY, to=forged), envelope_to=[forged])
    assert row.message.ticket != ticket


def test_our_own_message_id_is_a_token(post, cast):
    ticket = cast.writes(cast.carla)
    reply = tickets.reply(ticket, by=cast.ada, text="Lo miro.", now=cast.now)
    id_ = reply.message_id.strip("<>")
    row = post.brings(mail(subject="Etiquetas", answers=id_))
    assert row.message.ticket == ticket
    ticket.refresh_from_db()
    assert ticket.status == "open"


def test_a_confirmed_contact_of_the_account_is_no_stranger(post, cast):
    post.brings(letter("a", CARLA, "", "", ""))
    row = post.brings(letter("b", RUI, "", "a", "a"))
    assert row.message.ticket.customer == cast.rui
    people.change_customer(cast.rui, by=None, now=cast.now, confirmed=True)
    first = Message.objects.get(text="I am a").ticket
    people.change_customer(first.customer, by=None, now=cast.now, account=cast.acme)
    Ticket.objects.filter(pk=first.pk).update(account=cast.acme)
    row = post.brings(letter("c", RUI, "", "a", "a"))
    assert row.message.ticket == first


def test_by_subject_only_the_same_customer_lately_joins(post, cast):
    ticket = post.brings(mail(id="a@m.example")).message.ticket
    assert post.brings(mail(subject="RE: Etiquetas", text="two")).message.ticket == ticket
    assert post.brings(mail(subject="Etiquetas", text="three")).message.ticket != ticket
    assert post.brings(mail(subject="Re: Etiquetas", sender=RUI, text="four")).message.ticket != ticket
    cast.later(days=20)
    assert post.brings(mail(subject="Re: Etiquetas", text="five")).message.ticket != ticket


def test_a_number_in_the_subject_works_for_those_in_the_thread(post, cast):
    ticket = post.brings(mail(id="a@m.example", cc=RUI)).message.ticket
    subject = f"New subject [#{ticket.number}]"
    assert post.brings(mail(subject=subject, sender=RUI, text="two")).message.ticket == ticket
    assert post.brings(mail(subject=subject, sender=MALLORY, text="three")).message.ticket != ticket


def test_a_merged_ticket_leads_to_its_survivor(post, cast):
    one, two = cast.writes(cast.carla), cast.writes(cast.carla)
    to = f"support+{token_of(one)}@desk.test"
    tickets.merge(one, two, by=cast.ada, now=cast.now)
    assert post.brings(mail(to=to), envelope_to=[to]).message.ticket == two


def test_a_split_ticket_is_not_merged_again_by_the_next_reply(post, cast):
    one = post.brings(letter("a", CARLA, "", "", "")).message.ticket
    second = post.brings(letter("c", CARLA, "", "a", "a")).message
    new = tickets.split(one, [second], by=cast.ada, now=cast.now)
    row = post.brings(letter("d", CARLA, "", "c", "a c"))
    assert row.message.ticket == new
    assert live().count() == 2


def test_an_import_believes_references(post, cast):
    post.brings(letter("a", CARLA, "", "", ""))
    row = post.brings(letter("b", MALLORY, "", "a", "a"), trusted=True, source="mbox")
    assert row.message.ticket.customer.email == "carla@acme-outdoor.example"


def test_one_failing_mail_does_not_stop_the_batch(post, cast, monkeypatch):
    rows = [post.keeps(letter(*one)) for one in (CONVERSATION[0], STRANGERS[0])]
    from_empty = post.keeps(b"\r\n\r\n")
    post.works()
    for row in (*rows, from_empty):
        row.refresh_from_db()
    assert [row.state for row in rows] == [Incoming.State.DONE] * 2
    assert (from_empty.state, from_empty.reason) == ("aside", "unreadable")
