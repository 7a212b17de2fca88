"""What a broadcast does at once when the post says what became of a letter, or a ticket moves."""

from django.db.models import Case, F, Value, When

from ombud.foundation.post import events as post
from ombud.foundation.post.models import Letter
from ombud.spine.tickets import events as tickets

from .models import Affected, Recipient, Standing, Why


@post.LETTER_SENT.batch_reaction
def mark_sent(happened):
    """It has left, or is kept for want of a mail server."""
    rows = _of(event.data["letter"] for event in happened)
    by_state = {}
    for pk, state, repeated in rows.values_list("pk", "letter__state", "letter__repeated"):
        by_state.setdefault((state, repeated), []).append(pk)
    for (state, repeated), pks in by_state.items():
        standing = Standing.KEPT if state == Letter.State.KEPT else Standing.SENT
        its = Recipient.objects.filter(pk__in=pks)
        its.update(state=standing, repeated=repeated, sent_at=happened[0].happened_at, words="")


@post.LETTER_FAILED.batch_reaction
def mark_failed(happened):
    """It could not be delivered; what the server said stands beside it."""
    for recipient in _of(event.data["letter"] for event in happened).select_related("letter"):
        said = recipient.letter.error[:300]
        Recipient.objects.filter(pk=recipient.pk).update(state=Standing.FAILED, words=said)


@post.LETTER_RETRIED.reaction
def leave_again(event):
    """Somebody put it into the post again."""
    _of([event.data["letter"]]).update(state=Standing.SENDING, words="")


@post.LETTER_TAKEN_BACK.reaction
def mark_taken_back(event):
    """It never left: this customer is not told."""
    _of([event.data["letter"]]).update(state=Standing.EXCLUDED, why=Why.TAKEN_BACK)


@tickets.BOUNCED.reaction
def mark_bounced(event):
    """It came back from the customer's side."""
    its = Recipient.objects.filter(letter__message=event.data["message"])
    its.update(state=Standing.FAILED, words=Case(When(words="", then=Value("↩")), default=F("words")))


@tickets.MERGED_AWAY.reaction
def follow_the_merge(event):
    """The ticket that goes on is affected in its place."""
    away, into = event.data["ticket"], event.data["into"]
    there = set(Affected.objects.filter(ticket=into).values_list("incident", flat=True))
    rows = Affected.objects.filter(ticket=away)
    rows.filter(incident__in=there).delete()
    rows.update(ticket=into)


def _of(letters):
    return Recipient.objects.filter(letter__in=list(letters))
