"""Everything that the pages of incidents show."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from ombud.features.broadcasts import queries
from ombud.features.broadcasts.models import Kind, Reason
from ombud.foundation.people.models import Team
from ombud.foundation.people.permissions import ADMINISTER, ANSWER, APPROVE, may
from ombud.spine.escalations.queries import visible_to as visible_escalations

from .asked import said

PAGE = 50  # rows of a list
SINCE = (1, 7, 30, 90)  # days
ASKED = (Reason.TAG, Reason.ACCOUNT, Reason.PRODUCT, Reason.VERSION, Reason.WORDS)


@dataclass(frozen=True)
class Can:
    """What this person may do, for buttons; the verbs ask again."""

    write: bool
    approve: bool
    administer: bool


def can(person):
    """The same for every incident."""
    return Can(write=may(person, ANSWER), approve=may(person, APPROVE), administer=may(person, ADMINISTER))


def overview(person, show):
    """The list of incidents with what became of each: those that are open, or all."""
    found = queries.visible_to(person).select_related("team", "escalation")
    everything = show == "all"
    incidents = list((found if everything else found.filter(fixed_at=None))[:200])
    ids = [one.pk for one in incidents]
    counts, told = queries.affected_counts(ids), queries.customers_told(ids)
    return {
        "incidents": [(one, counts[one.pk], told.get(one.pk, 0)) for one in incidents],
        "everything": everything,
        "open": found.filter(fixed_at=None).count(),
        "all": found.count(),
        "can": can(person),
        "rule": queries.rule(),
    }


def of(incident, person, *, now, reason="", after=0, out=False):
    """The context of the page of one incident."""
    rows = queries.seen_by(person, incident.affected.all())
    counts = queries.affected_counts([incident.pk])[incident.pk]
    broadcasts = list(queries.newest_broadcasts(incident))
    stands = queries.for_lists([one.pk for one in broadcasts])
    findings = list(incident.findings.select_related("by"))
    return {
        "now": now,
        "me": person,
        "incident": incident,
        "can": can(person),
        "place": str(incident),
        "counts": counts,
        "told": queries.customers_told([incident.pk]).get(incident.pk, 0),
        "reasons": [(value, label, counts["reasons"].get(value, 0)) for value, label in said(Reason.choices)],
        **_rows(rows, reason, after, out),
        "findings": findings,
        "found": queries.found_by([one.pk for one in findings]),
        "looking": any(one.due_at for one in findings),
        "broadcasts": [(one, stands[one.pk]) for one in broadcasts],
        "same_as": [
            (one.number, _("No: the same as broadcast %(number)s, for others") % {"number": one.number})
            for one in broadcasts
        ],
        "running": any(one.due_at for one in findings) or any(one.is_running for one in broadcasts),
        "asked": [(value, str(Reason(value).label)) for value in ASKED],
        "since": [("", _("at any time")), *((days, _since(days)) for days in SINCE)],
        "fields": choices(person, incident),
        "escalation_seen": bool(
            incident.escalation_id and visible_escalations(person).filter(pk=incident.escalation_id).exists()
        ),
    }


def _rows(rows, reason, after, out):
    rows = rows.select_related("customer__account", "ticket", "excluded_by").order_by("id")
    if reason in Reason.values:
        rows = rows.filter(reason=reason)
    if out:
        rows = rows.filter(excluded_at__isnull=False)
    page = list(rows.filter(pk__gt=after)[: PAGE + 1])
    more = page[PAGE - 1].pk if len(page) > PAGE else None
    return {"rows": page[:PAGE], "more": more, "reason": reason, "after": after, "out": out}


def choices(person, incident=None):
    """What may be chosen when an incident is written down."""
    open_ones = visible_escalations(person).filter(closed_at=None).order_by("-number")[:100]
    escalations = list(open_ones)
    mine = incident.escalation if incident and incident.escalation_id else None
    if mine and mine not in escalations:
        escalations.append(mine)
    return {
        "kinds": said(Kind.choices),
        "teams": [("", _("No team")), *Team.objects.filter(archived_at=None).values_list("pk", "name")],
        "escalations": [("", _("None")), *((one.number, f"{one} {one.title}") for one in escalations)],
    }


def since_of(value, now):
    """The time that many days ago; None for at any time."""
    return (
        now - timedelta(days=int(value)) if value.isascii() and value.isdigit() and len(value) < 4 else None
    )


def _since(days):
    return _("in the last 24 hours") if days == 1 else _("in the last %(days)s days") % {"days": days}


def escalation_numbered(person, number):
    """The escalation that was chosen, if they may see it; None for none."""
    if not (number.isascii() and number.isdigit()):
        return None
    return visible_escalations(person).filter(number=int(number)).first()
