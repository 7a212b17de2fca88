"""Everything that one ticket's page shows, gathered with as few questions as possible."""

from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Account, Customer, Person
from ombud.foundation.people.permissions import ANSWER, ASSIGN, CHANGE, NOTE, OVERRULE, may
from ombud.foundation.people.zones import place_of, zone_of
from ombud.lib.prepared import Prepared, Slot
from ombud.spine.tickets import queries
from ombud.spine.tickets.channels import channel_name
from ombud.spine.tickets.models import Draft, Level, Message, Priority, Tag
from ombud.spine.tickets.models.levels import MATRIX
from ombud.ui.panels import panels

from . import climbing, escalated, presence, promises, timeline
from .links import url_or_none

EARLIER = 6
TAGS = Prepared(lambda: Tag.objects.filter(tickets=Slot("ticket")).values_list("name", flat=True))
OF_OTHERS = ("number", "subject", "status", "last_message_at")  # what is shown of a ticket beside this one


def find(person, number, visible=None):
    """The ticket with this number with all that its page shows; Ticket.DoesNotExist when it is not theirs."""
    visible = queries.visible_to(person) if visible is None else visible
    whole = visible.select_related("customer", "account", "assignee", "team", "mailbox")
    found = list(whole.filter(number=number))
    # A number that was merged away leads to its survivor.
    return found[0] if found else whole.get(pk=queries.by_number(person, number).pk)


def of(ticket, person, visible, there, *, now, everything=False, write=None):
    """The context of a ticket's page; `there` says what there is at all (see `glance.at`)."""
    thread, left_out = timeline.said_on(ticket, everything=everything, files=there["files"])
    newest = max((message.pk for message in thread), default=0)
    drafts = list(ticket.drafts.prefetch_related("attachments")) if there["drafts"] else []
    received = [message for message in thread if message.kind == Message.Kind.RECEIVED]
    others_in_cc = queries.cc_of(ticket, newest=received[-1] if received else None)
    return {
        "ticket": ticket,
        "now": now,
        "items": timeline.of(ticket, thread, left_out, known=[person, ticket.assignee]),
        "left_out": left_out,
        "tags": list(TAGS(ticket=ticket.pk)) if there["tags"] else [],
        "others": presence.others(ticket, person, now=now) if there["others"] else [],
        "level_of": level_of,
        "can": Can(person),
        "levels": said(Level),
        "matrix": tuple(MATRIX.items()),
        "priorities": Priority.choices,
        "channel_name": channel_name(ticket.channel),
        **composer(ticket, person, drafts, others_in_cc, newest, write),
        **aside(ticket, visible, others_in_cc, there, now),
        **climbing.of(ticket, person, there, now),
        **escalated.of(ticket, person, there),
        **promises.of(ticket, person, there, now),
        "local_input": promises.local_input,
        "panels": panels("ticket_panels", ticket, person, now, there),
    }


def said(choices):
    """What can be chosen, as ((key, words), …) in the reader's language."""
    return tuple((key, str(words)) for key, words in choices.choices)


@dataclass(frozen=True)
class Can:
    """What this person may do, for buttons; the verbs ask again."""

    person: Person

    def __getattr__(self, verb):
        known = {"answer": ANSWER, "note": NOTE, "assign": ASSIGN, "change": CHANGE, "overrule": OVERRULE}
        return may(self.person, known[verb])


def level_of(priority):
    """How many bars a priority has: P1 has four."""
    return 5 - int(priority[1])


def composer(ticket, person, drafts, others_in_cc, newest, write):
    """What is being written: one's own drafts, and others' on the same ticket."""
    own = {draft.kind: draft for draft in drafts if draft.by_id == person.pk}
    kinds = [Message.Kind.REPLY, Message.Kind.NOTE, Message.Kind.FORWARD]
    if not may(person, ANSWER):
        kinds = [Message.Kind.NOTE]
    wanted = (
        write if write in kinds else max(own.values(), key=lambda d: d.saved_at).kind if own else kinds[0]
    )
    if wanted not in kinds:
        wanted = kinds[0]
    draft = own.get(wanted)
    to, cc = recipients(ticket, wanted, others_in_cc)
    return {
        "kinds": kinds,
        "kind": wanted,
        "draft": draft,
        "own_drafts": own,
        "others_drafts": [d for d in drafts if d.by_id != person.pk and d.html.strip()],
        "to": draft.to if draft and draft.to else to,
        "cc": draft.cc if draft else cc,
        "bcc": draft.bcc if draft else [],
        "seen": (draft.seen_message if draft and draft.html.strip() else 0) or newest,
        "newest": newest,
    }


def recipients(ticket, kind, others_in_cc):
    """To whom a reply goes when nobody says otherwise: the customer, and those who were in Cc."""
    if kind != Message.Kind.REPLY:
        return [], []
    customer = ticket.customer
    to = [[customer.name, customer.email]] if customer.email else []
    return to, [pair for pair in others_in_cc if pair[1].lower() != customer.email.lower()]


def aside(ticket, visible, others_in_cc, there, now):
    """The panel beside: who the customer is, their company, and what was before."""
    account = ticket.account
    return {
        "strangers": strangers(ticket, others_in_cc),
        "customer": ticket.customer,
        "account": account,
        "seats": list(account.seats.select_related("person")) if there["seats"] else [],
        "tier": Account.Tier(account.tier).label if account else "",
        "local": local_time(ticket, now),
        "writes_in": language_name(ticket.language or ticket.customer.language),
        "earlier": list(queries.earlier_of(ticket, visible).values(*OF_OTHERS)[:EARLIER]),
        "linked": _linked(ticket, visible) if there["links"] else [],
        "customer_url": url_or_none("office:customer", ticket.customer_id),
        "account_url": url_or_none("office:account", account.pk) if account else None,
    }


def _linked(ticket, visible):
    links = queries.links_of(ticket).values_list("one", "other")
    pks = {pk for pair in links for pk in pair} - {ticket.pk}
    return list(visible.filter(pk__in=pks).values(*OF_OTHERS))


def strangers(ticket, others_in_cc):
    """People beside the customer to whom this thread is addressed, with their company where it is another."""
    pairs = {pair[1].lower(): pair for pair in others_in_cc if pair[1]}
    pairs.pop(ticket.customer.email.lower(), None)
    if not pairs:
        return []
    known = Customer.objects.filter(email__in=pairs).select_related("account")
    accounts = {
        c.email.lower(): c.account.name for c in known if c.account and c.account_id != ticket.account_id
    }
    return [(pair, accounts.get(address)) for address, pair in pairs.items()]


def local_time(ticket, now):
    """The customer's own time and place, where it is known and differs from the reader's."""
    zone = zone_of(ticket.customer, ticket.account)
    if zone is None:
        return None
    there = timezone.localtime(now, zone)
    same = there.utcoffset() == timezone.localtime(now).utcoffset()
    return {"at": there, "place": place_of(zone), "same": same, "zone": zone}


def language_name(code):
    """What a language is called in the reader's language."""
    if not code:
        return ""
    try:
        return translation.get_language_info(code)["name_translated"]
    except KeyError:
        return code


def other_writers(ticket, person, *, now):
    """Who of ours writes to this ticket's customer at the same time."""
    return [p.person for p in presence.others(ticket, person, now=now) if p.doing == "writing"]


def arrived_since(ticket, seen, person):
    """What was said by others after the message that the writer saw last."""
    newer = (
        ticket.messages.filter(pk__gt=seen)
        .exclude(by_person=person)
        .exclude(kind=Message.Kind.ACKNOWLEDGEMENT)
    )
    return list(newer.select_related("by_person", "by_customer")[:5])


def speaker(message):
    """Who said it, by name."""
    who = message.by_person or message.by_customer
    return (str(who) if who else "") or message.from_name or message.from_address or _("Ombud")


def draft_of(ticket, person, kind):
    """Somebody's draft, or None."""
    return Draft.objects.filter(ticket=ticket, by=person, kind=kind).prefetch_related("attachments").first()
