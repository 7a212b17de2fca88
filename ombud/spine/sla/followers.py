"""What promises do after the fact: people are warned, and what is owed is looked at again."""

from ombud.foundation.clock import events as clock
from ombud.foundation.people import events as people
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Message

from . import events, warning
from .actions.offers import offer_clocks, take_back_offers
from .actions.rechecking import recheck_account, recheck_calendar


@clock.CALENDAR_CHANGED.follower
def calendar_changed(event):
    """Promises that count its hours are reckoned anew."""
    recheck_calendar(event.data["calendar"], now=event.happened_at)


@people.ACCOUNT_CHANGED.follower
def account_changed(event):
    """Another tier may mean another policy."""
    if "tier" in event.data["fields"]:
        recheck_account(event.data["account"], now=event.happened_at)


@events.WARNED.batch_follower
@events.BROKEN.batch_follower
def warn(happened):
    """People of ours are told, as the policy says."""
    warning.warn(happened)


@tickets.REPLY_TAKEN_BACK.batch_follower
@tickets.REPLY_FAILED.batch_follower
def warn_again(happened):
    """What nobody was told while that reply was on its way."""
    warning.warn_again({event.data["ticket"] for event in happened})


@events.KEPT.batch_follower
@events.MADE_GOOD.batch_follower
@events.CANCELLED.batch_follower
def hush(happened):
    """Nobody is warned of what is not owed any more."""
    warning.hush(happened)


@tickets.REPLIED.follower
def offer(event):
    """Who names a time in a reply is asked whether a clock shall be kept on it; not in news told to many."""
    message = Message.objects.select_related("ticket__customer", "ticket__account", "by_person")
    found = message.filter(pk=event.data["message"]).exclude(letter__kind="broadcast").first()
    if found:
        offer_clocks(found, now=event.happened_at)


@tickets.REPLY_TAKEN_BACK.follower
def take_back(event):
    """What was not sent was not promised."""
    take_back_offers(event.data["message"], now=event.happened_at)
