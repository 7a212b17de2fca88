"""What a channel makes of its raw bytes: the same for mail, a form, a call, or a stranger's channel."""

from dataclasses import dataclass, field

from ombud.lib.mail import Bounce, Forwarded
from ombud.spine.tickets.said import Said


class Unreadable(ValueError):
    """Nothing useful can be said about it; the text is the sentence for the administrator."""


@dataclass(frozen=True)
class Arrived:
    """Something that came in, understood. Only `said` must be filled in.

    `recipients`: every address it was sent to, in which a reply token may stand. `answers`: the Message-ID
    that it answers; all of them are in `said.references`, the nearest last. `robot`: an automatic answer,
    such as an absence note; `said.auto` alone is any mail of a machine, such as an alert. `reply_to`: [name,
    address] pairs. `opening`: what else `open_ticket` is told. `enclosed`: (Enclosed, bytes) of files that
    are not stored yet.
    """

    said: Said
    recipients: tuple[str, ...] = ()
    answers: str = ""
    is_reply: bool = False
    robot: bool = False
    bounce: Bounce | None = None
    forwarded: Forwarded | None = None
    spam: str = ""
    forged: str = ""
    hops: int = 0
    trap: bool = False
    reply_to: tuple = ()
    phone: str = ""
    account_id: int | None = None
    customer_id: int | None = None
    opening: dict = field(default_factory=dict)
    enclosed: tuple = ()
    why: tuple[str, ...] = ()

    @property
    def sender(self):
        """The address it is from, in lower case; empty for a call."""
        return self.said.from_address.lower()

    @property
    def people(self):
        """Everybody in From, To and Cc, in lower case."""
        return {self.sender, *(pair[1].lower() for pair in (*self.said.to, *self.said.cc))} - {""}
