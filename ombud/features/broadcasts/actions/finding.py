"""Finding who is affected, in batches: a desk of a million tickets goes on working meanwhile."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events
from ombud.features.broadcasts.models import Finding, Reason
from ombud.foundation.people.models import Account, Customer
from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.escalations.queries import tickets_of
from ombud.spine.escalations.queries import visible_to as visible_escalations
from ombud.spine.tickets.models import Message, Tag, Tagging, Ticket
from ombud.spine.tickets.queries import visible_to as visible_tickets
from ombud.spine.tickets.search import said_in
from ombud.spine.tickets.words import fold

from .affected import add, add_customers

BATCH = 1000  # tickets; on SQLite the write lock is held for a batch, some 0.1 s


@transaction.atomic
def find(incident, reason, words="", *, since=None, by, now):
    """Ask who is affected: by a tag, an account, a product, a version, words, or the escalation's tickets.

    Only tickets that the asker may see are found. `since`: what was said, or moved, after it. A product and a
    version are looked for exactly as they are written; of other words each must be in one message. Answers
    with the finding, which is worked in batches. Raises ValidationError.
    """
    require(by, ANSWER)
    reason, words = Reason(reason), " ".join(words.split())[:300]
    finding = Finding(
        incident=incident, reason=reason, words=words, since=since, by=by, asked_at=now, due_at=now
    )
    if reason == Reason.TAG:
        finding.tag = _the(Tag.objects.filter(name=words.lower()), _("There is no tag “%s”.") % words)
    elif reason == Reason.ACCOUNT:
        finding.account = _the(
            Account.objects.filter(name__iexact=words), _("There is no account “%s”.") % words
        )
        finding.words = finding.account.name
    elif reason == Reason.ESCALATION:
        visible = (
            incident.escalation_id and visible_escalations(by).filter(pk=incident.escalation_id).exists()
        )
        if not visible:
            raise ValidationError(_("No escalation belongs to it."))
        finding.words = str(incident.escalation)
    elif reason not in (Reason.PRODUCT, Reason.VERSION, Reason.WORDS):
        raise ValidationError(_("Nobody is found by that."))
    elif not said_in(words, limit=1) and not re.search(r"\w", words):
        raise ValidationError({"words": _("Say which words to look for.")})
    finding.save()
    events.LOOKED_FOR.record(
        case=incident.case_id, by=by, now=now, incident=incident.pk, finding=finding.pk, reason=str(reason)
    )
    return finding


@transaction.atomic
def look_again(finding, *, by, now):
    """Ask the same again, for what came since; who is listed stays listed."""
    require(by, ANSWER)
    idle = Finding.objects.filter(pk=finding.pk, due_at=None)
    if idle.update(due_at=now, part=0, reached=0, by=by, asked_at=now, done_at=None):
        incident = finding.incident
        events.LOOKED_FOR.record(
            case=incident.case_id,
            by=by,
            now=now,
            incident=incident.pk,
            finding=finding.pk,
            reason=finding.reason,
        )


def find_due(now):
    """Work one batch of each finding that is due; says how many were."""
    related = ("incident__case", "incident__escalation", "tag", "account", "by")
    return Finding.objects.select_related(*related).work_through(now, _find_batch, limit=5)


def _find_batch(finding, *, now):
    part, reached, found = PARTS[finding.reason](finding)
    about = {"by": finding.by, "now": now, "words": finding.words, "finding": finding}
    if found and isinstance(found[0], Customer):
        add_customers(finding.incident, found, finding.reason, **about)
    elif found:
        add(finding.incident, found, finding.reason, **about)
    over = part is None
    finding.part, finding.reached = part or 0, reached
    finding.due_at, finding.done_at = (None, now) if over else (now, None)
    finding.save(update_fields=["part", "reached", "due_at", "done_at"])
    if over:
        events.FOUND.record(
            case=finding.incident.case_id,
            by=finding.by,
            now=now,
            incident=finding.incident_id,
            finding=finding.pk,
            found=finding.found.count(),
        )


def _by_tag(finding):
    rows = Tagging.objects.filter(tag=finding.tag, ticket__gt=finding.reached).order_by("ticket")
    ids = list(rows.values_list("ticket", flat=True)[:BATCH])
    return _went(ids, 0), ids[-1] if ids else 0, _tickets(finding, ids)


def _by_account(finding):
    """First its tickets, then its people who have none on the list."""
    if finding.part == 0:
        rows = Ticket.objects.filter(account=finding.account, pk__gt=finding.reached).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        if len(ids) == BATCH:
            return 0, ids[-1], _tickets(finding, ids)
        return 1, 0, _tickets(finding, ids)
    rows = Customer.objects.filter(account=finding.account, pk__gt=finding.reached).order_by("pk")
    customers = list(rows[:BATCH])
    return _went(customers, 1), customers[-1].pk if customers else 0, customers


def _by_escalation(finding):
    ids = [ticket.pk for ticket in tickets_of(finding.incident.escalation)]
    return None, 0, _tickets(finding, ids)


def _by_words(finding, exactly=None, otherwise=()):
    """Messages in the order of their ids. What the index cannot tell apart (3.1 and 1.3) is read."""
    spellings = (finding.words, *otherwise)
    hits = {pk for words in spellings for pk in said_in(words, after=finding.reached, limit=BATCH)}
    ids = sorted(hits)[:BATCH]
    messages = Message.objects.filter(pk__in=ids).order_by()
    if finding.since:
        messages = messages.filter(happened_at__gte=finding.since)
    if exactly:
        rows = messages.values_list("ticket", "ticket__subject", "subject", "text")
        tickets = {ticket for ticket, *said in rows if exactly.search(fold("\n".join(said)))}
    else:
        tickets = set(messages.values_list("ticket", flat=True))
    return _went(ids, 0), ids[-1] if ids else 0, _tickets(finding, tickets, moved=False)


def _by_exact_words(finding):
    words = re.escape(fold(finding.words)).replace(r"\ ", r"\s+")
    # “3.1” is not in “3.12” nor in “3.1.4”, but at the end of a sentence it is meant.
    exactly = re.compile(rf"(?<![\w.])v?{words}(?!\w|\.\w)")
    return _by_words(finding, exactly, (f"v{finding.words}",) if finding.words[:1].isdigit() else ())


PARTS = {
    Reason.TAG: _by_tag,
    Reason.ACCOUNT: _by_account,
    Reason.ESCALATION: _by_escalation,
    Reason.WORDS: _by_words,
    Reason.PRODUCT: _by_exact_words,
    Reason.VERSION: _by_exact_words,
}


def _went(batch, part):
    """The part to go on with; None when the batch was not full: it was the last."""
    return part if len(batch) == BATCH else None


def _tickets(finding, ids, moved=True):
    tickets = visible_tickets(finding.by).filter(pk__in=ids)
    if moved and finding.since:
        tickets = tickets.filter(last_message_at__gte=finding.since)
    return list(tickets.only("pk", "customer_id"))


def _the(found, sentence):
    one = found.first()
    if one is None:
        raise ValidationError({"words": sentence})
    return one
