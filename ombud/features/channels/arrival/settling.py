"""Doing what was decided: a new ticket, another word in one, a note, a bounce, or nothing."""

import logging
from dataclasses import replace
from functools import partial
from itertools import groupby

from django.db import transaction

from ombud.features.channels.models import AwaitedParent, Incoming
from ombud.foundation.people.actions import meet, meet_many
from ombud.foundation.people.models import Account, Customer
from ombud.foundation.people.permissions import ANSWER, may
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message

from .dedup import twin
from .guards import Refusal, orphan, refusal
from .threading import place_of

logger = logging.getLogger(__name__)
State, Reason = Incoming.State, Incoming.Reason


class Settlement:
    """Decides about the arrivals of one batch, in order, and does it; each row says what became of it.

    New tickets of customers are gathered and opened together, since most mails are such; whatever has to do
    with one that is gathered has them opened first. `failed`: (row, error) of those that went wrong.
    """

    def __init__(self, known, now):
        self.known = known
        self.now = now
        self.failed = []
        self.gathered = []
        self.gathered_ids = set()
        self.gathered_senders = set()

    def settle(self, row, arrived):
        """Decide about one; nothing is saved of the row itself."""
        if self._has_to_do_with_gathered(arrived):
            self.finish()
        arrived, deed = decide(row, arrived, self.known)
        if deed is None:
            self.gathered.append((row, arrived))
            self.gathered_ids.update((arrived.said.message_id, *arrived.said.references))
            self.gathered_senders.add(arrived.sender)
            return
        try:
            with transaction.atomic():
                deed(self.known, self.now)
        except Exception as error:  # the rest of the batch must go on
            logger.exception("%s could not be taken in", row)
            self.failed.append((row, error))

    def _has_to_do_with_gathered(self, arrived):
        if not self.gathered:
            return False
        if not self.gathered_ids.isdisjoint((arrived.said.message_id, *arrived.said.references)):
            return True
        return arrived.is_reply and arrived.sender in self.gathered_senders

    def finish(self):
        """Open what was gathered; if they cannot be opened together, each by itself."""
        gathered, self.gathered, self.gathered_ids, self.gathered_senders = self.gathered, [], set(), set()
        if not gathered:
            return
        try:
            with transaction.atomic():
                open_together(gathered, self.known, self.now)
        except Exception as error:
            if len(gathered) == 1:
                logger.exception("%s could not be opened", gathered[0][0])
                self.failed.append((gathered[0][0], error))
                return
            logger.exception("some tickets could not be opened together; each is opened by itself")
            for one in gathered:
                self.gathered = [one]
                self.finish()


def open_together(gathered, known, now):
    """New tickets, with few statements for all of them."""
    strangers = {
        arrived.sender: {
            "email": arrived.sender,
            "name": arrived.said.from_name[:160],
            "language": arrived.said.language,
        }
        for _row, arrived in gathered
        if arrived.sender not in known.customers
    }
    if strangers:
        known.customers.update(meet_many(strangers.values(), now=now))
    opened = []
    for imported, group in groupby(gathered, key=lambda pair: pair[0].source == "mbox"):
        openings = [
            tickets.Opening(
                arrived.said,
                customer_of(arrived.said, arrived, known, now),
                row.channel,
                mailbox=mailbox_of(row, known),
            )
            for row, arrived in group
        ]
        # An import is somebody's deed, not the customer's: they are not told that we received it just now.
        opened += tickets.open_many(openings, by=known.importer if imported else None, now=now)
    awaited = []
    for (row, arrived), ticket in zip(gathered, opened, strict=True):
        row.state, row.message = State.DONE, ticket.first_message
        awaited += known.await_parents(row.message, arrived.said.references)
        known.remember(row.message)
    if awaited:
        AwaitedParent.objects.bulk_create(awaited, ignore_conflicts=True)


def decide(row, arrived, known):
    """Decide about one arrival; nothing is written yet.

    Answers with what arrived and the deed to be done, a function(known, now), or with None for the deed when
    it simply opens a ticket.
    """
    row.sender, row.subject = arrived.sender[:320], arrived.said.subject[:300]
    row.why = list(arrived.why)
    arrived = _behind_our_own_name(row, arrived, known)
    if arrived.bounce is not None:
        return arrived, partial(came_back, row, arrived)
    if (refused := refusal(row, arrived, known)) is not None:
        return arrived, partial(leave, row, refused)
    if (same := twin(arrived, known)) is not None:
        return arrived, partial(find_again, row, same)
    place = place_of(row, arrived, known)
    if place.ticket is None:
        if not row.let_in and (refused := orphan(arrived)):
            return arrived, partial(leave, row, refused)
        if arrived.sender in known.our_addresses:
            ours = Refusal(Reason.LOOP, "We wrote it ourselves, and nobody answered it.")
            return arrived, partial(leave, row, ours)
        if arrived.sender and not arrived.opening and arrived.sender not in known.persons:
            return arrived, None
    return arrived, partial(speak, row, arrived, place)


def _behind_our_own_name(row, arrived, known):
    """A form on a web site writes in the desk's own name; then Reply-To says who it was."""
    if arrived.sender not in known.our_addresses or not arrived.reply_to:
        return arrived
    name, address = arrived.reply_to[0]
    if address.lower() in known.our_addresses:
        return arrived
    row.sender = address.lower()
    row.why.append("It was sent in our own name, so Reply-To says who wrote it.")
    return replace(arrived, said=replace(arrived.said, from_name=name, from_address=address))


def find_again(row, same, known, now):
    """It is a message that we have."""
    row.state, row.message = State.DUPLICATE, same
    row.why.append("It is a message that came before.")


def leave(row, refused, known, now):
    """Put it aside, or leave it alone; either is listed for administrators."""
    row.state = State.ASIDE if refused.aside else State.IGNORED
    row.reason, row.stopped_at = refused.reason, now
    row.why.append(refused.why)


def came_back(row, arrived, known, now):
    """A mail system reports about a mail of ours: the message is marked, its people are told."""
    bounce = arrived.bounce
    sent = Message.objects.filter(message_id=bounce.original_message_id or "-", letter__isnull=False)
    message = sent.select_related("ticket__case", "ticket__assignee", "by_person").first()
    if message is None:
        return leave(row, Refusal(Reason.BOUNCE, "It reports about a mail that is not ours."), known, now)
    row.reason = Reason.BOUNCE
    if not bounce.permanent:
        late = Refusal(Reason.BOUNCE, "A mail of ours is late; the other side still tries.")
        return leave(row, late, known, now)
    row.state = State.DONE
    row.why.append(f"A mail of ours came back: {bounce.reason or bounce.status}"[:300])
    if message.delivery != Message.Delivery.FAILED:
        tickets.bounced(message, now=now, reason=bounce.reason)
    row.message = message


def speak(row, arrived, place, known, now):
    """Write down what was said where it belongs."""
    if place.ticket is not None:
        place.ticket = _merged(place, known, now)
    row.why += [place.why] if place.why else []
    person = None if arrived.forged else known.persons.get(arrived.sender)
    if place.ticket is None:
        message = _open(row, arrived, person, known, now)
    else:
        message = _join(row, arrived, place, person, known, now)
    awaited = known.await_parents(message, arrived.said.references)
    if awaited:
        AwaitedParent.objects.bulk_create(awaited, ignore_conflicts=True)
    if known.awaited.pop(arrived.said.message_id[:250], None):
        AwaitedParent.objects.filter(parent=arrived.said.message_id[:250]).delete()
    known.remember(message)
    if place.parent:
        _give_to_who_began(place.ticket, now)
    row.state, row.message = State.DONE, message


def _merged(place, known, now):
    """The oldest of the tickets that turned out to be one conversation, with all the others in it."""
    into, *others = sorted((place.ticket, *place.others), key=lambda ticket: ticket.number)
    for ticket in others:
        tickets.merge(ticket, into, by=None, now=now)
        known.moved(ticket, into)
    return into


def _open(row, arrived, person, known, now):
    said, opening = arrived.said, {"mailbox": mailbox_of(row, known), **arrived.opening}
    passed_on = arrived.forwarded if person and arrived.forwarded and arrived.forwarded.from_ else None
    if passed_on:
        said, remark = _passed_on(arrived)
        opening |= {"heard_by": person, "heard_where": "email"}
        row.why.append("One of ours passed it on, so it belongs to whoever wrote it first.")
    customer = customer_of(said, arrived, known, now)
    ticket = tickets.open_ticket(said, customer=customer, channel=row.channel, now=now, **opening)
    if passed_on and remark:
        tickets.note(ticket, by=person, text=remark, now=now)
    return ticket.first_message


def mailbox_of(row, known):
    """The mailbox to which it came, else the default one."""
    return known.mailboxes.get(row.mailbox_id) or known.default_mailbox


def _passed_on(arrived):
    """What the customer said, and what our colleague wrote above it."""
    inner, said = arrived.forwarded, arrived.said
    first = replace(
        said,
        text=inner.text,
        html="",
        quoted="",
        subject=inner.subject or said.subject,
        from_name=inner.from_.name,
        from_address=inner.from_.address,
        to=[],
        cc=[],
    )
    return first, said.text


def _join(row, arrived, place, person, known, now):
    ticket, said = place.ticket, arrived.said
    if person is not None or arrived.sender in known.our_addresses:
        return _one_of_ours(row, said, ticket, person, now)
    if _is_third_party(arrived, place):
        row.why.append("A third party whom we asked answers: a note.")
        return tickets.receive_inside(ticket, said, channel=row.channel, now=now)
    customer = customer_of(said, arrived, known, now)
    heard = {ticket.customer_id, *ticket.messages.values_list("by_customer_id", flat=True)}
    over = row.source == "mbox" and ticket.resolved_at and said.happened_at < ticket.resolved_at
    message = tickets.receive(
        ticket, said, customer=customer, channel=row.channel, now=now, quietly=bool(over)
    )
    if customer.pk not in heard:
        tickets.join_in(ticket, customer, now=now)
    return message


def _one_of_ours(row, said, ticket, person, now):
    """A colleague wrote from their own mail program: to the customer with us in copy, or to us alone."""
    to = {pair[1].lower() for pair in (*said.to, *said.cc)}
    if (
        (person is None or may(person, ANSWER))
        and ticket.customer.email
        and ticket.customer.email.lower() in to
    ):
        row.why.append("One of ours answered the customer by mail, with us in copy.")
        return tickets.overhear(ticket, said, by=person, channel=row.channel, now=now)
    row.why.append("One of ours wrote to us: a note.")
    return tickets.receive_inside(ticket, said, by=person, channel=row.channel, now=now)


def _is_third_party(arrived, place):
    ticket = place.ticket
    asked = (Message.Kind.FORWARD, Message.Kind.THIRD_PARTY)
    if arrived.sender == ticket.customer.email.lower():
        return False
    if place.answered is not None and place.answered.kind in asked:
        return True
    named = {"inside": set(), "outside": set()}
    for kind, from_address, to, cc in ticket.messages.values_list("kind", "from_address", "to", "cc"):
        side = "inside" if kind in Message.INSIDE else "outside"
        named[side] |= {from_address.lower(), *(pair[1].lower() for pair in (*to, *cc))}
    return arrived.sender in named["inside"] - named["outside"]


def _give_to_who_began(ticket, now):
    """The first message of a conversation came after its answers: the ticket is of whoever began it."""
    if ticket.touched_at:
        return
    said = ticket.messages.filter(kind=Message.Kind.RECEIVED).select_related("by_customer")
    first = next((message for message in said if not message.references and message.by_customer), None)
    if first is not None and first.by_customer_id != ticket.customer_id:
        tickets.set_customer(ticket, first.by_customer, by=None, now=now)


def customer_of(said, arrived, known, now):
    """Who said it: met before, or entered now."""
    address = said.from_address.lower()
    if arrived.customer_id:
        return Customer.objects.select_related("account").get(pk=arrived.customer_id)
    customer = known.customers.get(address) if address else None
    if customer is not None and (customer.name or not said.from_name):
        return customer
    extra = {"language": said.language, "phone": arrived.phone[:40]}
    if arrived.account_id:
        extra["account"] = Account.objects.get(pk=arrived.account_id)
    customer = meet(
        email=address, name=said.from_name[:160], now=now, **{k: v for k, v in extra.items() if v}
    )
    if address:
        known.customers[address] = customer
    return customer
