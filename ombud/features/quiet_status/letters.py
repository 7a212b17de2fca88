"""The mail of a bundle: everything that one person is asked, each with four answers to tap."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from ombud.foundation.people.models import Company
from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox, is_our_address
from ombud.ui.times import when_words

from .models import Kind
from .queries import zone_of
from .tokens import make_token
from .words import briefs, question, why_between


def send(bundle, requests, now):
    """Put the one letter of a bundle into the post; None while the desk has no mailbox. It leaves at once."""
    mailbox, company, person = default_mailbox(), Company.ours(), bundle.person
    if mailbox is None or is_our_address(person.email):
        return None
    language = person.language or (company.language if company else settings.LANGUAGE_CODE)
    with translation.override(language), timezone.override(zone_of(person)):
        said = words(bundle, requests, company, now)
        return post.send(
            key=f"status:{bundle.pk}",
            case=None,  # what we ask each other is no part of a ticket's own history
            mailbox=mailbox,
            kind="notice",
            to=[[person.name, person.email]],
            subject=_subject(said),
            text=render_to_string("quiet_status/mail.txt", said),
            html=render_to_string("quiet_status/mail.html", said),
            now=now,
        )


def _subject(said):
    if len(said["asked"]) > 1:
        return said["sentence"]
    escalation = said["asked"][0]["brief"].escalation
    return f"{said['sentence']} · {escalation} {escalation.title}"


def words(bundle, requests, company, now):
    """What the letter says, in the active language and zone."""
    base = company.address.rstrip("/") if company and company.address else ""
    pairs = [(request.escalation, request) for request in requests]
    return {
        "language": translation.get_language(),
        "sentence": question(len(requests)),
        "why": why_between(bundle, now),
        "asked": [_asked(brief, bundle, base, now) for brief in briefs(pairs, bundle.person, now)],
        "page": _link(base, settings.STATUSES_PAGE),
        "choose": _link(base, settings.STATUS_WISHES_PAGE),
    }


def _asked(brief, bundle, base, now):
    link = _link(base, settings.STATUS_PAGE, make_token(bundle.pk, brief.request.pk))
    return {
        "brief": brief,
        "clocks": [
            (clock.words, when_words(clock.at, now) if clock.at else "", clock.state)
            for clock in brief.clocks
        ],
        "choices": [(kind.label, f"{link}?say={kind}") for kind in Kind] if link else [],
        "last": brief.last and (brief.last.get_kind_display(), when_words(brief.last.answered_at, now)),
    }


def _link(base, page, *args):
    """Where the desk shows it; nothing while nobody has said where the desk is reached."""
    try:
        return base + reverse(page, args=args) if base else ""
    except NoReverseMatch:  # a desk without that door
        return ""
