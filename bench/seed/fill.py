"""Fills an empty desk: N tickets of three messages, and the log, index and people that go with them."""

import sys
import time
from datetime import timedelta

from django.db import connection, transaction

from ombud.foundation.events.models import Case, Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Account, Customer, CustomerAddress, Role
from ombud.foundation.post import actions as post
from ombud.spine.tickets import search
from ombud.spine.tickets.changing import preview_of
from ombud.spine.tickets.models import Message, Status, Tag, Tagging, Ticket
from ombud.spine.tickets.models.levels import priority_of
from ombud.spine.tickets.numbers import FIRST

from .words import Writer

BATCH = 2000  # tickets at once
SPAN = timedelta(days=730)
STATUSES = {
    Status.CLOSED: 62,
    Status.RESOLVED: 20,
    Status.WAITING: 7,
    Status.OPEN: 6,
    Status.NEW: 3,
    Status.ON_HOLD: 2,
}
DONE = (Status.RESOLVED, Status.CLOSED)
LEVELS = {"low": 25, "medium": 50, "high": 20, "critical": 5}
CHANNELS = {"email": 80, "web_form": 12, "phone": 5, "api": 3}
AGENTS, TEAMS, TAGS = 24, 6, 40


def fill(count, now):
    """Make a company with its people, and `count` tickets that came over two years until `now`."""
    filling = Filling(count, now)
    filling.people()
    for at in range(0, count, BATCH):
        with transaction.atomic():
            filling.tickets(at, min(BATCH, count - at))
        say(f"{min(at + BATCH, count):,} of {count:,} tickets")
    filling.finish()


def say(words):
    sys.stderr.write(f"\rbench: seed: {words}   ")
    sys.stderr.flush()


class Filling:
    """One run of the seed."""

    def __init__(self, count, now):
        self.count, self.now = count, now
        self.writer = Writer()
        self.dice = self.writer.dice
        self.began = time.monotonic()

    def people(self):
        """The company, its agents and teams, tags, accounts and customers."""
        people.found_company(name="Parcelline", language="en", time_zone="Europe/Amsterdam", now=self.now)
        people.add_person(
            email="greta@parcelline.example", name="Greta Holm", role=Role.ADMINISTRATOR, now=self.now
        )
        roles = [Role.LEAD, Role.ENGINEER, Role.ASSOCIATE, Role.ASSOCIATE]
        self.agents = [
            people.add_person(
                email=f"agent{n}@parcelline.example",
                name=self.writer.name(),
                role=roles[n % len(roles)],
                now=self.now,
            )
            for n in range(AGENTS)
        ]
        self.teams = [
            people.keep_team(name=f"Team {n}", members=self.agents[n::TEAMS], by=None, now=self.now)
            for n in range(TEAMS)
        ]
        self.mailbox = post.keep_mailbox(
            address="support@desk.test",
            name="Parcelline",
            is_default=True,
            takes_strays=True,
            by=None,
            now=self.now,
        )
        self.tags = Tag.objects.bulk_create(Tag(name=f"tag {n}") for n in range(TAGS))
        with transaction.atomic():
            self._customers(max(20, self.count // 4))
        while work_tray(self.now):
            pass

    def _customers(self, count):
        accounts = max(5, count // 10)
        cases = Case.objects.bulk_create(Case(kind="account") for _ in range(accounts))
        self.accounts = Account.objects.bulk_create(
            Account(case=case, name=f"{self.writer.name()} {n}") for n, case in enumerate(cases)
        )
        cases = Case.objects.bulk_create((Case(kind="customer") for _ in range(count)), batch_size=BATCH)
        self.customers = Customer.objects.bulk_create(
            (
                Customer(
                    case=case,
                    account=self.accounts[n % accounts] if n % 3 else None,
                    name=self.writer.name(),
                    email=f"customer{n}@company{n % accounts}.example",
                    language=self.writer.language(),
                    created_at=self.now - SPAN,
                )
                for n, case in enumerate(cases)
            ),
            batch_size=BATCH,
        )
        CustomerAddress.objects.bulk_create(
            (CustomerAddress(customer=customer, address=customer.email) for customer in self.customers),
            batch_size=BATCH,
        )

    def tickets(self, at, count):
        """One batch: tickets, their messages, tags, log and words."""
        cases = Case.objects.bulk_create(Case(kind="ticket") for _ in range(count))
        tickets = [self._ticket(at + n, case) for n, case in enumerate(cases)]
        messages = [message for ticket in tickets for message in self._thread(ticket)]
        Ticket.objects.bulk_create(tickets)
        messages = Message.objects.bulk_create(messages)
        Tagging.objects.bulk_create(
            Tagging(ticket=ticket, tag=tag)
            for ticket in tickets
            for tag in self.dice.sample(self.tags, self.dice.choice((0, 0, 1, 2)))
        )
        Event.objects.bulk_create(self._log(tickets, messages), batch_size=5000)
        for message in messages:
            message._prefetched_objects_cache = {"attachments": []}
        search.index(messages)

    def _ticket(self, at, case):
        dice, customer = self.dice, self._customer()
        age = SPAN * ((self.count - at) / self.count)
        severity, urgency = pick(dice, LEVELS), pick(dice, LEVELS)
        status = pick(dice, STATUSES)
        # What is new is new since lately.
        created_at = self.now - (age if status != Status.NEW else min(age, timedelta(days=dice.random() * 3)))
        return Ticket(
            case=case,
            number=FIRST + at,
            subject=self.writer.subject(customer.language),
            status=status,
            severity=severity,
            urgency=urgency,
            priority=priority_of(severity, urgency),
            assignee=None if status == Status.NEW or dice.random() < 0.1 else dice.choice(self.agents),
            team=dice.choice(self.teams),
            mailbox=self.mailbox,
            customer=customer,
            account_id=customer.account_id,
            channel=pick(dice, CHANNELS),
            language=customer.language,
            created_at=created_at,
            updated_at=created_at,
            last_message_at=created_at,
            touched_at=None if status == Status.NEW else created_at + timedelta(hours=1),
            resolved_at=created_at + timedelta(days=2) if status in DONE else None,
        )

    def _customer(self):
        """A few write a lot."""
        return self.customers[int(len(self.customers) * self.dice.random() ** 3)]

    def _thread(self, ticket):
        hours = sorted(self.dice.random() * 48 for _ in range(2))
        times = [ticket.created_at, *(ticket.created_at + timedelta(hours=h) for h in hours)]
        times = [min(time, self.now) for time in times]
        second = Message.Kind.NOTE if self.dice.random() < 0.3 else Message.Kind.REPLY
        kinds = [Message.Kind.RECEIVED, second, Message.Kind.RECEIVED]
        for kind, moment in zip(kinds, times, strict=True):
            yield self._message(ticket, kind, moment)
        ticket.last_message_at = ticket.updated_at = times[-1]
        if ticket.status in (Status.NEW, Status.OPEN):
            ticket.waiting_since = times[0]

    def _message(self, ticket, kind, moment):
        received, customer = kind == Message.Kind.RECEIVED, ticket.customer
        text = self.writer.text(ticket.language)
        ticket.preview = preview_of(text)
        writer = None if received else ticket.assignee or self.dice.choice(self.agents)
        us, them = [self.mailbox.name, self.mailbox.address], [customer.name, customer.email]
        return Message(
            ticket=ticket,
            kind=kind,
            channel=ticket.channel,
            by_person=writer,
            by_customer=customer if received else None,
            from_name=customer.name if received else writer.name,
            from_address=customer.email if received else self.mailbox.address,
            to=[us] if received else [] if kind == Message.Kind.NOTE else [them],
            subject=ticket.subject,
            text=text,
            html="" if received else f"<p>{text}</p>",
            message_id=f"<{self.dice.getrandbits(64):x}@company.example>",
            language=ticket.language,
            happened_at=moment,
            created_at=moment,
            delivery=Message.Delivery.SENT if kind == Message.Kind.REPLY else "",
        )

    def _log(self, tickets, messages):
        verbs = {"received": "ticket.received", "reply": "ticket.replied", "note": "ticket.noted"}
        for at, message in enumerate(messages):
            ticket = message.ticket
            data = {"ticket": ticket.pk, "message": message.pk}
            first = at % 3 == 0
            if first or message.kind == Message.Kind.RECEIVED:
                data["channel"] = ticket.channel
            if message.kind == Message.Kind.NOTE:
                data["mentions"] = []
            yield Event(
                case_id=ticket.pk,
                verb="ticket.opened" if first else verbs[message.kind],
                actor=message.by_person,
                happened_at=message.happened_at,
                data=data,
            )
            if first and ticket.assignee_id:
                yield Event(
                    case_id=ticket.pk,
                    verb="ticket.assigned",
                    actor=ticket.assignee,
                    happened_at=message.happened_at + timedelta(hours=1),
                    data={"ticket": ticket.pk, "old": None, "new": ticket.assignee_id},
                )

    def finish(self):
        """What PostgreSQL's own housekeeping would have done long ago; SQLite has none."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT setval('tickets_number', %s)", [FIRST + self.count])
                cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
        took = time.monotonic() - self.began
        say(f"{self.count:,} tickets in {took:.0f} s\n")


def pick(dice, shares):
    return dice.choices(list(shares), list(shares.values()))[0]
