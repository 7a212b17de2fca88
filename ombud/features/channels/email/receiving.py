"""Which addresses we take mail for. Asked for every recipient, so it is remembered for a moment."""

import time

from ombud.features.channels.queries import is_open
from ombud.foundation.post import queries as post

FRESH = 2.0  # seconds for which an answer is believed
AT_MOST = 10_000  # addresses remembered


class Addresses:
    """Answers from memory, else from the database, in the ledger's thread."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.known = {}
        self.open = (False, 0.0)

    async def mailbox_for(self, address):
        """The id of the mailbox that takes mail for this address, or None."""
        address = address.strip().lower()
        answer, until = self.known.get(address, (None, 0.0))
        # That an address is not ours is never remembered: an administrator may just be making it.
        if answer is None or time.monotonic() > until:
            answer = await self.ledger.ask(lambda: taker_of(address))
            if len(self.known) > AT_MOST:
                self.known.clear()
            self.known[address] = answer, time.monotonic() + FRESH
        return answer

    async def channel_is_open(self):
        answer, until = self.open
        if time.monotonic() > until:
            try:
                answer = await self.ledger.ask(lambda: is_open("email"))
            except Exception:
                return True  # without the database the mail itself is refused for a while, with that reason
            self.open = answer, time.monotonic() + FRESH
        return answer


def taker_of(address):
    """The mailbox with this address (a reply token in it or not), else the one for strays; its id or None."""
    mailbox = post.mailbox_for(address) or post.mailbox_for_strays()
    return mailbox and mailbox.pk
