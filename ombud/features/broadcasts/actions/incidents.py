"""Writing down an outage or a defect, what agents are told of it, and that it is fixed."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events
from ombud.features.broadcasts.models import Incident
from ombud.features.broadcasts.models.incidents import FIRST
from ombud.foundation.events.models import Case
from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.permissions import ANSWER, require

WRITTEN = ("title", "reference", "scope", "do_say", "do_not_say", "answers")
CHANGED = (*WRITTEN, "kind", "team", "escalation")


@transaction.atomic
def open_incident(kind, title, *, by, now, **fields):
    """Write down an outage or a defect; its team is told. `fields`: see CHANGED. Raises ValidationError."""
    require(by, ANSWER)
    incident = Incident(
        case=Case.objects.create(kind="incident"),
        number=_next_number(),
        kind=kind,
        title=_title(title),
        opened_by=by,
        opened_at=now,
        **_clean(fields),
    )
    incident.save(force_insert=True)
    escalation = incident.escalation_id
    events.OPENED.record(
        case=incident.case_id, by=by, now=now, incident=incident.pk, kind=str(kind), escalation=escalation
    )
    _tell_team(incident, by, now)
    return incident


@transaction.atomic
def change_incident(incident, *, by, now, **fields):
    """Write anew what is known of it; only what differs is saved and logged. Raises ValidationError."""
    require(by, ANSWER)
    fields = _clean(fields)
    if "title" in fields:
        fields["title"] = _title(fields["title"])
    changed = {name: value for name, value in fields.items() if getattr(incident, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(incident, name, value)
    incident.save(update_fields=list(changed))
    events.CHANGED.record(case=incident.case_id, by=by, now=now, incident=incident.pk, fields=sorted(changed))
    if "team" in changed:
        _tell_team(incident, by, now)


@transaction.atomic
def fix(incident, *, by, now, version=""):
    """The outage is over, or the fix has shipped in a version."""
    require(by, ANSWER)
    if Incident.objects.filter(pk=incident.pk, fixed_at=None).update(
        fixed_at=now, fixed_in=version.strip()[:60]
    ):
        events.FIXED.record(case=incident.case_id, by=by, now=now, incident=incident.pk)
    incident.refresh_from_db(fields=["fixed_at", "fixed_in"])


@transaction.atomic
def reopen(incident, *, by, now):
    """It is not fixed after all."""
    require(by, ANSWER)
    if Incident.objects.filter(pk=incident.pk, fixed_at__isnull=False).update(fixed_at=None, fixed_in=""):
        events.REOPENED.record(case=incident.case_id, by=by, now=now, incident=incident.pk)
    incident.refresh_from_db(fields=["fixed_at", "fixed_in"])


def _title(title):
    title = " ".join((title or "").split())
    if not title:
        raise ValidationError({"title": _("Give it a name by which everybody knows it.")})
    return title[:200]


def _clean(fields):
    unknown = set(fields) - set(CHANGED)
    if unknown:
        raise TypeError(f"an incident has no {sorted(unknown)}")
    longest = {"reference": 120}
    return {
        name: value.replace("\r\n", "\n").strip()[: longest.get(name)] if name in WRITTEN else value
        for name, value in fields.items()
    }


def _tell_team(incident, by, now):
    if incident.team_id:
        members = incident.team.members.filter(is_active=True)
        key = f"incident_logged:{incident.pk}:{incident.team_id}"
        tell(members, "incident_logged", case=incident.case_id, key=key, now=now, by=by)


def _next_number():
    """On PostgreSQL two who write one down at once wait for each other: it happens a few times a month."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE broadcasts_incident IN SHARE ROW EXCLUSIVE MODE")
    return (Incident.objects.aggregate(last=Max("number"))["last"] or FIRST - 1) + 1
