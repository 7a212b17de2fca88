"""Raising from a ticket: what is proposed, what the customer hears, and joining instead."""

import pytest

from ombud.spine.escalations import queries
from ombud.spine.escalations.models import Contact, Escalation, Stakeholder, UpdateDraft
from ombud.spine.tickets.models import Message


def said(**more):
    return {"reason": "impact", "severity": "high", "urgency": "high", "say": "now", "next_at": ""} | more


@pytest.fixture
def ticket(cast, now_is):
    assert cast.emil and cast.ines and cast.noor and cast.sofia
    return cast.writes(cast.carla)


@pytest.fixture
def form(ticket):
    """Where that ticket is escalated."""
    return f"/escalations/raise/{ticket.number}/"


@pytest.mark.mission("M16", "M17")
def test_a_ticket_is_escalated_with_reason_and_levels(cast, ticket, desk, address, form):
    desk(cast.ada).post(
        form,
        **said(
            title="412 parcels refused",
            impact="Their campaign begins.",
            at_risk="12000",
            manager=cast.emil.pk,
        ),
    )
    page = desk(cast.ada).get(address())
    for words in ("412 parcels refused", "Severe impact", "Their campaign begins.", "€12,000", "Emil Okafor"):
        assert words in page, words


@pytest.mark.mission("M17")
def test_without_a_reason_it_is_refused_and_nothing_typed_is_lost(cast, ticket, desk, form):
    answer = desk(cast.ada).post(form, expect=422, **said(reason="", impact="Typed with care."))
    page = answer.content.decode()
    assert "Say why: choose a reason." in page
    assert "Typed with care." in page
    assert not Escalation.objects.exists()


@pytest.mark.mission("M20")
def test_who_is_told_is_proposed_with_why(cast, ticket, desk, form):
    told = desk(cast.ada).get(form).partition("Who is told")[2]
    for name, why in (
        ("Tomasz", "looks after Acme Outdoor"),
        ("Inés", "leads the desk"),
        ("Sofia", "executive"),
    ):
        assert why in told.partition(name)[2][:400], name
    desk(cast.ada).post(form, **said(told=[cast.tomasz.pk, cast.sofia.pk]))
    roles = set(Stakeholder.objects.values_list("person", "role"))
    assert roles == {(cast.tomasz.pk, "csm"), (cast.sofia.pk, "sponsor")}
    assert "you have a part in this escalation" in desk(cast.tomasz).get("/notices/")


@pytest.mark.mission("M21")
def test_the_customer_hears_in_their_language_to_whom_and_when(cast, ticket, desk, form):
    page = desk(cast.ada).get(form)
    message = page.partition('name="message"')[2].partition("</textarea>")[0].partition(">")[2]
    assert "Su solicitud se ha escalado" in message
    assert "Emil Okafor" in message
    desk(cast.ada).post(form, **said(message=message.strip()))
    reply = Message.objects.get(kind="reply")
    assert "Emil Okafor" in reply.text
    escalation = Escalation.objects.get()
    assert escalation.updates.count() == 1
    assert escalation.next_update_at > cast.now


@pytest.mark.mission("M21")
def test_the_first_word_can_wait_as_a_draft(cast, ticket, desk, address, form):
    desk(cast.ada).post(form, **said(say="later", message="Hola Carla."))
    assert not Message.objects.filter(kind="reply").exists()
    assert UpdateDraft.objects.get().process == "Hola Carla."
    assert "Hola Carla." in desk(cast.ada).get(address())


@pytest.mark.mission("M15")
def test_other_tickets_of_the_account_join_at_once(cast, ticket, desk, address, form):
    other = cast.writes(cast.rui, subject="Otra vez")
    stranger = cast.writes(cast.mallory, subject="Not theirs")
    page = desk(cast.ada).get(form)
    assert "Otra vez" in page
    assert "Not theirs" not in page
    desk(cast.ada).post(form, **said(also=[other.number]))
    assert f"#{other.number}" in desk(cast.ada).get(address())
    assert set(Escalation.objects.get().tickets.all()) == {ticket, other}
    assert stranger.number


@pytest.mark.mission("M15")
def test_a_ticket_joins_the_open_escalation_instead(cast, escalation, desk, address):
    other = cast.writes(cast.rui)
    page = desk(cast.ada).get(f"/escalations/raise/{other.number}/")
    assert "Join E-101 instead" in page
    desk(cast.ada).post(address("tickets", "join"), ticket=other.number)
    assert f"#{other.number}" in desk(cast.ada).get(address())


def test_their_people_get_a_part(cast, ticket, desk, form):
    assert cast.rui
    desk(cast.ada).post(form, **said(**{f"contact-{cast.rui.pk}": "technical"}))
    assert Contact.objects.get(customer=cast.rui).role == "technical"


def test_people_of_other_accounts_are_no_contacts(cast, ticket, desk, form):
    desk(cast.ada).post(form, **said(**{f"contact-{cast.mallory.pk}": "technical"}))
    assert not Contact.objects.filter(customer=cast.mallory).exists()


def test_an_escalated_ticket_leads_to_its_escalation(cast, escalation, desk, address):
    number = queries.main_ticket(escalation).number
    assert desk(cast.ada).client.get(f"/escalations/raise/{number}/").headers["Location"] == address()


@pytest.mark.mission("M16")
def test_a_light_role_raises_and_sees_it_but_writes_to_nobody(cast, ticket, desk, address, form):
    page = desk(cast.tomasz).get(form)
    assert "What the customer hears" not in page
    desk(cast.tomasz).post(form, **said(message="I should not be sent."))
    assert not Message.objects.filter(kind="reply").exists()
    assert "leads it" in desk(cast.tomasz).get(address())


def test_who_may_not_see_the_ticket_does_not_escalate_it(cast, ticket, desk, form):
    desk(cast.sofia).get(form, expect=404)


def test_the_message_follows_the_levels(cast, ticket, desk, form):
    asked = f"{form}message/"
    soon = desk(cast.ada).client.get(asked, {"severity": "critical", "urgency": "critical"}).json()
    late = (
        desk(cast.ada)
        .client.get(asked, {"severity": "low", "urgency": "low", "manager": cast.ines.pk})
        .json()
    )
    assert soon["next_at"] < late["next_at"]
    assert "Inés Ferrer" in late["words"]


def test_money_is_read_as_people_type_it(cast, ticket, desk, form):
    desk(cast.ada).post(form, **said(at_risk="1 200,50"))
    assert Escalation.objects.get().at_risk == 1200_50
