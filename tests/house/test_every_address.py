"""Every address of the house, asked by a stranger and by one of ours who may not see: none is forgotten.

The list is read from the addresses themselves, so that a new page is asked the day it comes.
"""

from itertools import product

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import IntConverter

from ombud.foundation.events.models import Event
from ombud.foundation.people import actions as people
from ombud.spine.escalations import actions as escalations
from ombud.spine.ladders import actions as ladders
from ombud.spine.tickets import actions as tickets

SECRET = "SECRET"
# What strangers may open, and why. Whatever needs a signed link answers them that the link is none.
OPEN = {
    "healthz": "machines ask whether the process lives",
    "readyz": "machines ask whether it can serve",
    "metrics": "this machine's own, see tests/setup/test_health.py",
    "set_language": "anybody may choose a language",
    "account_login": "the sign-in itself",
    "account_logout": "asks, and changes nothing for who is not signed in",
    "account_signup": "says that it is closed",
    "account_inactive": "says that an account has ended",
    "account_reset_password": "the way to a new password",
    "account_reset_password_done": "the way to a new password",
    "account_reset_password_from_key": "the way to a new password",
    "account_reset_password_from_key_done": "the way to a new password",
    "account_confirm_email": "says that the link is none",
    "account_email_verification_sent": "says that a mail was sent",
    "api-1:openapi-json": "how machines ask",
    "api_docs": "how machines ask",
    "office:welcome": "before the desk is founded",
    "office:welcome_company": "before the desk is founded; afterwards it leads home",
    "office:have": "a signed link",
    "office:status": "a signed link",
    "office:demo_sign_in": "the demo's own way in",
}
DOOR = "portal:"  # the customers' door is open; its own matrix stands in doors/portal/tests
WORDS = ("all", "reply", "up")  # for what stands in an address in words


def addresses(resolver=None, before="", space="", names=()):
    """(name, parts of the address, converters) of every address there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, f"{before}{pattern.pattern}", inner)
        else:
            yield f"{space}{pattern.name}", f"{before}{pattern.pattern}"


ALL = sorted(set(addresses()))


def filled(route, numbers):
    """The address with something in each of its places: each number in each, each word."""
    plain = route.replace("^", "").replace("$", "").replace("\\Z", "")
    parts = plain.split("<")
    places = [part.partition(">") for part in parts[1:]]
    offers = []
    for place, _closed, _rest in places:
        is_number = place.startswith("int:") or isinstance(place, IntConverter)
        offers.append(numbers if is_number else WORDS[:2])
    for chosen in product(*offers):
        yield (
            "/"
            + parts[0]
            + "".join(f"{value}{rest}" for value, (_place, _closed, rest) in zip(chosen, places, strict=True))
        )


@pytest.fixture
def private(cast):
    """A ticket of a private team, escalated, with a secret in everything that can hold one."""
    board = cast.team("Board", cast.noor, private=True)
    ticket = cast.writes(cast.carla, text=f"{SECRET} text", subject=f"{SECRET} subject")
    tickets.set_team(ticket, board, by=None, now=cast.now)
    tickets.note(ticket, by=cast.noor, text=f"{SECRET} note", now=cast.now)
    tickets.reply(ticket, by=cast.noor, text=f"{SECRET} reply", now=cast.now)
    tickets.save_draft(ticket, by=cast.noor, kind="reply", html=f"<p>{SECRET}</p>", now=cast.now)
    tickets.tag(ticket, "board", by=cast.noor, now=cast.now)
    ladders.begin_with_usual(by=None, now=cast.now)
    escalation = escalations.raise_one(
        ticket,
        reason="impact",
        title=f"{SECRET} title",
        impact=f"{SECRET} impact",
        manager=cast.noor,
        stakeholders=(),
        by=cast.noor,
        now=cast.now,
    )
    escalations.set_brief(
        escalation, understood=f"{SECRET} understood", do_not_say=f"{SECRET} word", by=cast.noor, now=cast.now
    )
    escalations.decide(escalation, f"{SECRET} decision", by=cast.noor, now=cast.now)
    escalations.propose(escalation, "fix", f"{SECRET} fix", by=cast.noor, now=cast.now)
    escalations.say_pulse(escalation, cast.carla, 2, f"{SECRET} pulse", now=cast.now)
    escalations.ask(ticket, customer=cast.carla, how="words", quote=f"{SECRET} quote", now=cast.now)
    cast.numbers = (ticket.number, escalation.number, ticket.messages.first().pk, 1)
    return cast


def closed_to_strangers(name):
    return name not in OPEN and not name.startswith(DOOR)


def answers(client, numbers, ask):
    for name, route in ALL:
        for address in filled(route, numbers[:3] if route.count("<int:") < 2 else numbers[:1]):
            yield name, address, ask(client, address)


def said(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.django_db
def test_a_stranger_opens_nothing_that_is_not_open(private):
    client = Client()
    for name, address, answer in answers(client, private.numbers, lambda c, a: c.get(a)):
        assert SECRET.encode() not in said(answer), address
        if closed_to_strangers(name):
            away = answer.status_code in (301, 302) and "/account/login/" in answer.get("Location", "")
            assert away or answer.status_code in (400, 401, 403, 404, 405), (
                name,
                address,
                answer.status_code,
            )


@pytest.mark.django_db
def test_a_stranger_changes_nothing(private):
    client, before = Client(), Event.objects.count()
    for name, address, answer in answers(client, private.numbers, lambda c, a: c.post(a)):
        assert SECRET.encode() not in said(answer), address
        assert Event.objects.count() == before, (name, address)


@pytest.mark.django_db
@pytest.mark.mission("M74")
@pytest.mark.parametrize("role", ["associate", "technical_owner"])
def test_who_may_not_see_it_sees_no_byte_of_it(private, role):
    person = people.add_person(email="x@parcelline.example", name="X", role=role, now=private.now)
    client = private.signed_in(Client(), person)
    for _name, address, answer in answers(client, private.numbers, lambda c, a: c.get(a)):
        assert SECRET.encode() not in said(answer), address


@pytest.mark.django_db
def test_nor_by_a_deed(private):
    person = people.add_person(email="x@parcelline.example", name="X", role="associate", now=private.now)
    client = private.signed_in(Client(), person)
    for name, address, answer in answers(client, private.numbers, lambda c, a: c.post(a)):
        assert SECRET.encode() not in said(answer), (name, address)
        if "logout" in name:
            private.signed_in(client, person)


@pytest.mark.django_db
def test_who_may_see_it_finds_it_at_these_addresses(private):
    client = private.signed_in(Client(), private.noor)
    asked = answers(client, private.numbers, lambda c, a: c.get(a))
    found = {name for name, _address, answer in asked if SECRET.encode() in said(answer)}
    assert {"workspace:ticket", "cockpit:escalation", "cockpit:overview"} <= found
