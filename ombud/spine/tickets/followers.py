"""What the ticket does after the fact: keeping the search index."""

from . import events, search
from .models import Message

WORDS_CHANGED = (
    events.OPENED,
    events.RECEIVED,
    events.REPLIED,
    events.NOTED,
    events.FORWARDED,
    events.ANSWERED_INSIDE,
)


def index_messages(happened):
    """Put what was said into the index. A message taken back meanwhile is not there any more."""
    ids = {event.data["message"] for event in happened}
    search.index(_whole(Message.objects.filter(pk__in=ids)))


for _verb in WORDS_CHANGED:
    _verb.batch_follower(index_messages)


@events.RENAMED.follower
def index_again(event):
    """A new subject is found under its new words."""
    search.index(_whole(Message.objects.filter(ticket=event.data["ticket"])))


@events.REPLY_TAKEN_BACK.follower
def forget_taken_back(event):
    """What was never sent is not found."""
    search.forget([event.data["message"]])


@events.ERASED.follower
def forget_erased(event):
    """Erased words leave the index."""
    search.forget([event.data["message"]])


def _whole(messages):
    return messages.select_related("ticket").prefetch_related("attachments")
