"""Everything that the page of a broadcast shows: its words, a preview of each letter, and its recipients."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.features.broadcasts import queries
from ombud.features.broadcasts.models import Standing, State
from ombud.foundation.people.models import Company, Person
from ombud.foundation.people.permissions import APPROVE, may
from ombud.spine.tickets.queries import visible_to as visible_tickets

from . import incident_page
from .asked import said

TABS = ("words", "preview", "recipients")
PAGE = 50


def of(broadcast, person, *, now, show, at=0, state="", language=""):
    """The context of the page; `at` is the recipient looked at, or after which the list goes on."""
    show = show if show in TABS else "words"
    counts = queries.counts_of(broadcast)
    versions = queries.versions(broadcast)
    waiting = queries.unapproved(broadcast)
    approved = bool(versions) and not waiting and broadcast.fallback in versions
    may_do = incident_page.can(person)
    return {
        "now": now,
        "me": person,
        "incident": broadcast.incident,
        "broadcast": broadcast,
        "can": may_do,
        "place": f"{broadcast.incident} · {broadcast.number}",
        "show": show,
        "counts": counts,
        "versions": versions,
        "waiting": waiting,
        "approved": approved,
        "mine": {one.pk for one in waiting if one.by_id == person.pk and broadcast.two_people},
        "name_of": language_name,
        "listed_in": queries.languages_listed(broadcast),
        "old_text": queries.old_text_counts(broadcast) if counts.concluded or counts.sending else {},
        "left_over": queries.left_over(broadcast) if counts.listed and not broadcast.is_running else 0,
        "steps": _steps(broadcast, counts, approved),
        "addable": [(code, language_name(code)) for code, _n in settings.LANGUAGES if code not in versions],
        "empty_language": language
        if language in dict(settings.LANGUAGES) and language not in versions
        else "",
        "approvers": _approvers(person, broadcast) if waiting else [],
        "left_words": _left(broadcast, counts),
        **(_preview(broadcast, person, at) if show == "preview" else {}),
        **(_recipients(broadcast, person, at, state) if show == "recipients" else {}),
    }


def language_name(code):
    """What a language is called in the reader's language."""
    return str(translation.get_language_info(code)["name_translated"])


def _approvers(person, broadcast):
    among = Person.objects.working().exclude(pk=person.pk).order_by("name")
    return [("", _("Choose one")), *((one.pk, one.name) for one in among if may(one, APPROVE))]


def _steps(broadcast, counts, approved):
    written = broadcast.wordings.exists()
    done = broadcast.state == State.DONE
    listed = bool(counts.listed) and broadcast.state not in (State.DRAFT, State.LISTING)
    passed = (written, approved, listed, done)
    labels = (_("Words written"), _("Approved"), _("Listed"), _("Sent"))
    current = next((at for at, one in enumerate(passed) if not one), None)
    return [
        {"label": label, "state": "current" if at == current else "done" if passed[at] else None}
        for at, label in enumerate(labels)
    ]


def _left(broadcast, counts):
    """How long the rest takes at most at its rate; empty when that is no time."""
    left = counts.waiting + counts.sending
    if broadcast.state != State.SENDING or not broadcast.per_minute or left < broadcast.per_minute:
        return ""
    minutes = round(left / broadcast.per_minute)
    return _("about %(minutes)s min left") % {"minutes": minutes}


def _preview(broadcast, person, at):
    """One recipient's letter, with the one before and the one after."""
    rows = queries.recipients_of(broadcast).exclude(state=Standing.EXCLUDED)
    rows = queries.seen_by(person, rows)
    recipient = rows.filter(pk=at).first() if at else rows.first()
    if recipient is None:
        return {"preview": None, "recipient": None}
    company = Company.ours()
    firsts = {}
    for language in queries.languages_listed(broadcast):
        firsts[language] = rows.filter(language=language).values_list("pk", flat=True).first()
    return {
        "recipient": recipient,
        "preview": queries.preview(broadcast, recipient, company),
        "sender": broadcast.sent_by or person,
        "before": rows.filter(pk__lt=recipient.pk).order_by("-pk").values_list("pk", flat=True).first(),
        "after": rows.filter(pk__gt=recipient.pk).values_list("pk", flat=True).first(),
        "firsts": [(code, pk) for code, pk in firsts.items() if pk],
    }


def _recipients(broadcast, person, at, state):
    rows = queries.recipients_of(broadcast, state if state in Standing.values else None).filter(pk__gt=at)
    page = list(rows[: PAGE + 1])
    seen = visible_tickets(person).filter(pk__in=[one.ticket_id for one in page if one.ticket_id])
    return {
        "rows": page[:PAGE],
        "more": page[PAGE - 1].pk if len(page) > PAGE else None,
        "seen": set(seen.values_list("pk", flat=True)),
        "state": state,
        "states": said(Standing.choices),
        "at": at,
    }
