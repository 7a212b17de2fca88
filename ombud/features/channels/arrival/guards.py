"""What is not let in, decided once for every channel: spam, blocked senders, loops, floods, robots."""

import os
from dataclasses import dataclass
from datetime import timedelta

from ombud.features.channels.models import Incoming
from ombud.spine.tickets.numbers import number_from

MINUTE = timedelta(minutes=1)
# More than anybody types within a minute; two machines that answer each other reach it at once.
FLOOD = int(os.environ.get("OMBUD_SENDER_RATE") or 120)
# No honest way through the world is longer; a mail in a circle passes us again and again.
HOPS = 50
Reason = Incoming.Reason


@dataclass(frozen=True)
class Refusal:
    """Why something is not let in. What is put `aside` waits for an administrator, the rest is listed."""

    reason: str
    why: str
    aside: bool = False


def refusal(row, arrived, known):
    """The reason not to let this in, or None. Only an administrator's word is above it."""
    if row.let_in:
        return None
    for guard in (_trap, _own_mail, _circle, _blocked, _spam, _flood):
        found = guard(row, arrived, known)
        if found:
            return found
    return None


def _trap(row, arrived, known):
    if arrived.trap:
        return Refusal(Reason.TRAP, "The field that no person sees was filled in.")
    return None


def _own_mail(row, arrived, known):
    message_id = arrived.said.message_id
    if row.source == "mbox":  # an archive holds what we answered, too
        return None
    if message_id and (message_id in known.letters or number_from(message_id)):
        return Refusal(Reason.LOOP, "It is a mail that we sent ourselves.")
    if arrived.sender in known.our_addresses:
        return Refusal(Reason.LOOP, "It claims to come from an address of our own.")
    return None


def _circle(row, arrived, known):
    if arrived.hops > HOPS:
        return Refusal(Reason.LOOP, f"It passed {arrived.hops} servers, so it goes in circles.", aside=True)
    return None


def _blocked(row, arrived, known):
    customer = known.customers.get(arrived.sender)
    if customer is not None and customer.blocked_at:
        return Refusal(Reason.BLOCKED, "Its sender is blocked.")
    return None


def _spam(row, arrived, known):
    # Who holds a reply token was written to by us.
    if arrived.spam and not any(known.token_numbers[id(row)]):
        return Refusal(Reason.SPAM, arrived.spam, aside=True)
    return None


def _flood(row, arrived, known):
    if row.source == "mbox" or not arrived.sender:
        return None
    known.lately[arrived.sender] += 1
    if known.lately[arrived.sender] > FLOOD:
        return Refusal(Reason.FLOOD, f"More than {FLOOD} came from this sender within a minute.", aside=True)
    return None


def orphan(arrived):
    """An automatic answer that belongs to no ticket would open one about nothing."""
    if arrived.robot:
        return Refusal(Reason.ROBOT, "It is an automatic answer, and to nothing of ours.")
    return None
