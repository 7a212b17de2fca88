"""The words of a broadcast: versions, approvals, and what one recipient would read."""

import re
from dataclasses import dataclass

from django.db.models import Count
from django.utils import translation

from ombud.features.broadcasts.models import Approval, Recipient
from ombud.spine.tickets.quick import PLACEHOLDER
from ombud.spine.tickets.speaking import called

KNOWN = ("customer", "first_name", "account", "number", "subject", "company")


@dataclass(frozen=True)
class Preview:
    """What one recipient would get. `falls_back`: nothing is written in their own language."""

    recipient: object
    ticket: object
    language: str
    falls_back: bool
    subject: str
    text: str
    approved: bool


def versions(broadcast):
    """{language: [wordings, the newest first]}, with who wrote and who approved them."""
    rows = broadcast.wordings.select_related("by", "approval__by").order_by("language", "-number")
    found = {}
    for wording in rows:
        found.setdefault(wording.language, []).append(wording)
    return found


def newest(broadcast):
    """{language: the newest wording, approved or not}."""
    return {language: wordings[0] for language, wordings in versions(broadcast).items()}


def unapproved(broadcast):
    """The newest wordings that nobody has approved yet."""
    return [one for one in newest(broadcast).values() if not hasattr(one, "approval")]


def approvals_now(broadcast):
    """{language: the approval of its newest version}; a language whose newest has none is not in it."""
    last = {language: one.pk for language, one in newest(broadcast).items()}
    rows = Approval.objects.filter(wording__in=last.values())
    return {row.language: row for row in rows}


def chosen(language, written, fallback):
    """The language of those `written` in which somebody is told; None when there is none."""
    if language in written:
        return language
    return fallback if fallback in written else None


def language_of(ticket, customer, fallback):
    """The language in which a customer is told: the first of theirs that we speak."""
    account = customer.account
    theirs = (ticket.language if ticket else "", customer.language, account.language if account else "")
    return next((spoken for code in theirs if (spoken := _spoken(code))), fallback)


def _spoken(code):
    if not code:
        return None
    try:
        return translation.get_supported_language_variant(code.lower().replace("_", "-"))
    except LookupError:
        return None


def languages_listed(broadcast):
    """{language: how many on the list are told in it, or would be if it were written}."""
    rows = Recipient.objects.filter(broadcast=broadcast).exclude(state="excluded")
    counted = rows.values("language").annotate(n=Count("pk")).order_by("-n", "language")
    return {row["language"]: row["n"] for row in counted}


def filled(words, *, customer, ticket, company):
    """The words with what is known of this customer put in; unknown placeholders were refused before."""
    known = {
        "customer": customer.name,
        "first_name": called(customer.name),
        "account": customer.account.name if customer.account else "",
        "number": f"#{ticket.number}" if ticket and ticket.number else "#…",
        "subject": ticket.subject if ticket else "",
        "company": company.name if company else "",
    }
    for name in ("customer", "first_name"):
        if not known[name]:
            words = re.sub(rf"\s*\{{{name}\}}", "", words)  # “Hello {first_name},” is “Hello,” then
    return PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), words)


def preview(broadcast, recipient, company):
    """What this recipient would read now, by the newest versions; None when nothing is written for them."""
    written = newest(broadcast)
    language = chosen(recipient.language, written, broadcast.fallback)
    if language is None:
        return None
    wording = written[language]
    about = {"customer": recipient.customer, "ticket": recipient.ticket, "company": company}
    thread = recipient.ticket
    return Preview(
        recipient,
        thread,
        language,
        language != recipient.language,
        f"Re: {thread.subject}" if thread else filled(wording.subject, **about),
        filled(wording.text, **about),
        hasattr(wording, "approval"),
    )
