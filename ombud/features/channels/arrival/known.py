"""What the house knows that matters for a batch of arrivals: asked once for all of them."""

from collections import Counter, defaultdict
from functools import cached_property

from django.db.models import Count

from ombud.features.channels.models import AwaitedParent, Incoming
from ombud.foundation.people.models import CustomerAddress, Person, Role
from ombud.foundation.post.models import Letter, Mailbox
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.numbers import number_from

from .guards import MINUTE

# Of a long thread the nearest ancestors decide; the first few find it when all the others are missing.
NEAREST, FIRST = 20, 3


class Known:
    """Answers for the arrivals of one batch; what is written during the batch is remembered as well."""

    def __init__(self, arrivals, now):
        said = [arrived.said for _row, arrived in arrivals]
        senders = {arrived.sender for _row, arrived in arrivals}
        senders |= {pair[1].lower() for _row, arrived in arrivals for pair in arrived.reply_to}
        senders |= {
            arrived.forwarded.from_.address.lower()
            for _row, arrived in arrivals
            if arrived.forwarded and arrived.forwarded.from_
        }
        senders.discard("")
        self.mailboxes = {mailbox.pk: mailbox for mailbox in Mailbox.objects.select_related("team")}
        self.our_addresses = {mailbox.address.lower(): mailbox for mailbox in self.mailboxes.values()}
        self.default_mailbox = next((m for m in self.mailboxes.values() if m.is_default), None)
        self.persons = {
            person.email.lower(): person
            for person in Person.objects.filter(email__in=senders, is_active=True)
        }
        self.customers = {
            row.address: row.customer
            for row in CustomerAddress.objects.filter(address__in=senders).select_related("customer__account")
        }
        self._ask_messages(said)
        self._ask_letters(said)
        self._ask_tokens(arrivals)
        self._count(arrivals, now)

    def _ask_messages(self, said):
        own = {one.message_id for one in said if one.message_id}
        ids = own | {id_ for one in said for id_ in nearest(one.references)}
        self.messages = defaultdict(list)
        # Most mails are new and answer nothing: then the small question is all.
        found = list(Message.objects.filter(message_id__in=ids).values_list("pk", flat=True)) if ids else ()
        if found:
            whole = Message.objects.filter(pk__in=found).select_related(
                "ticket__merged_into__customer", "ticket__customer"
            )
            for message in whole.order_by("pk"):
                self.messages[message.message_id].append(message)
        missing = {id_[:250] for id_ in ids if id_ not in self.messages} | {id_[:250] for id_ in own}
        self.awaited = defaultdict(list)
        waiting = list(AwaitedParent.objects.filter(parent__in=missing).values_list("pk", flat=True))
        if waiting:
            rows = AwaitedParent.objects.filter(pk__in=waiting).select_related(
                "message__ticket__customer", "message__by_customer"
            )
            for row in rows.order_by("pk"):
                self.awaited[row.parent].append(row.message)

    def _ask_letters(self, said):
        domains = {address.rpartition("@")[2] for address in self.our_addresses}
        ours = {
            one.message_id
            for one in said
            if one.message_id and one.message_id.rpartition("@")[2].strip(">").lower() in domains
        }
        self.letters = (
            set(Letter.objects.filter(message_id__in=ours).values_list("message_id", flat=True))
            if ours
            else set()
        )

    def _ask_tokens(self, arrivals):
        self.token_numbers = {}
        for row, arrived in arrivals:
            number = number_from(" ".join(arrived.recipients)) if "+" in "".join(arrived.recipients) else None
            self.token_numbers[id(row)] = number, number_from(" ".join(nearest(arrived.said.references)))
        numbers = {number for pair in self.token_numbers.values() for number in pair if number}
        found = Ticket.objects.filter(number__in=numbers) if numbers else ()
        self.tickets = {
            ticket.number: ticket.merged_into or ticket
            for ticket in (found.select_related("customer", "merged_into__customer") if numbers else ())
        }

    def _count(self, arrivals, now):
        senders = {arrived.sender for _row, arrived in arrivals if arrived.sender}
        self.lately = Counter()
        if senders:
            recent = Incoming.objects.filter(sender__in=senders, received_at__gt=now - MINUTE)
            counted = (
                recent.exclude(source="mbox").values_list("sender").annotate(many=Count("pk")).order_by()
            )
            self.lately.update(dict(counted))

    @cached_property
    def importer(self):
        """In whose name old mail is taken in: the first administrator."""
        return Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk").first()

    def remember(self, message):
        """A message that was just written: the next of the batch may answer it, or be it."""
        if message.message_id:
            self.messages[message.message_id].append(message)

    def await_parents(self, message, references):
        """Rows for the ancestors that nobody has seen."""
        rows = []
        for id_ in nearest(references):
            if id_ not in self.messages:
                rows.append(AwaitedParent(parent=id_[:250], message=message))
                self.awaited[id_[:250]].append(message)
        return rows

    def moved(self, ticket, into):
        """A ticket was merged into another: what we hold of it leads there now."""
        for group in (*self.messages.values(), *self.awaited.values()):
            for message in group:
                if message.ticket_id == ticket.pk:
                    message.ticket = into
        for number, one in self.tickets.items():
            if one.pk == ticket.pk:
                self.tickets[number] = into


def nearest(references):
    """The ancestors that are asked about, the farthest first."""
    return [*references[:FIRST], *references[FIRST:][-NEAREST:]]


def survivor(ticket):
    """The ticket that this one was merged into, or itself."""
    return ticket.merged_into or ticket if ticket.merged_into_id else ticket
