"""How many updates came when we said so: by person, team and account, each number with what is behind it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Person
from ombud.lib.scores import wilson
from ombud.spine.escalations.kept import due_between
from ombud.spine.escalations.models import Escalation, Involved
from ombud.ui.times import span

PERIODS = (7, 30, 90, 365)  # days
USUAL = 30
ENOUGH = 5  # updates; of fewer no rate is said
BEHIND = 200  # updates that are listed; the export has all


@dataclass
class Line:
    """One row of a table: who or what, and how many of all were kept."""

    key: str
    name: str
    kept: int = 0
    all: int = 0

    @property
    def late(self):
        return self.all - self.kept

    @property
    def is_enough(self):
        return self.all >= ENOUGH

    @property
    def rate(self):
        """In percent, with its interval: (value, low, high)."""
        share = wilson(self.kept, self.all)
        return tuple(round(100 * one) for one in (share.value, share.low, share.high))


def days_of(asked):
    """A period as it stands in an address."""
    return int(asked) if asked in {str(days) for days in PERIODS} else USUAL


def figures(rows):
    """The three tables and the sum of what was due."""
    tables = {
        "person": (_("Who led it"), _("Nobody led it")),
        "team": (_("Team"), _("No team")),
        "account": (_("Account"), _("No account")),
    }
    return {
        "sum": _sum(rows),
        "tables": [(by, head, _lines(rows, by, none)) for by, (head, none) in tables.items()],
    }


@dataclass(frozen=True)
class Row:
    """One update that was due, with the names of everything."""

    due: object
    escalation: Escalation
    person: tuple
    team: tuple
    account: tuple

    @property
    def lateness(self):
        """How it went, in words."""
        one = self.due
        if one.kept:
            return _("%s early") % span(one.due_at - one.sent_at)
        return _("%s late") % span(one.sent_at - one.due_at) if one.sent_at else _("never came")


def behind(person, days, now):
    """Every update that was due in the period, named."""
    found = due_between(person, now - timedelta(days=days), now)
    escalations = Escalation.objects.select_related("account", "customer", "team").only(
        "number", "title", "account__name", "customer__name", "customer__email", "team__name"
    )
    escalations = escalations.in_bulk({one.escalation_id for one in found})
    names = dict(Person.objects.filter(pk__in={one.leader_id for one in found}).values_list("pk", "name"))
    teams = _teams(escalations)
    return [_row(one, escalations[one.escalation_id], names, teams) for one in found]


def _teams(escalations):
    """{escalation id: its team}: the one to which it was handed, else that of its first ticket."""
    main = Involved.objects.filter(escalation__in=escalations, is_main=True, ticket__team__isnull=False)
    teams = {row.escalation_id: row.ticket.team for row in main.select_related("ticket__team")}
    return teams | {pk: one.team for pk, one in escalations.items() if one.team}


def _row(due, escalation, names, teams):
    team = teams.get(due.escalation_id)
    return Row(
        due,
        escalation,
        (str(due.leader_id or ""), names.get(due.leader_id, "")),
        (str(team.pk), team.name) if team else ("", ""),
        (str(escalation.account_id or ""), escalation.account.name if escalation.account else ""),
    )


def narrowed(rows, query):
    """Those behind a number: `person`, `team` or `account`, and `late`; None when nothing was asked for."""
    asked = [by for by in ("person", "team", "account") if by in query]
    if not asked and "late" not in query and "everything" not in query:
        return None
    for by in asked:
        rows = [row for row in rows if getattr(row, by)[0] == query[by].strip()]
    return [row for row in rows if not row.due.kept] if "late" in query else rows


def _sum(rows):
    return Line("", "", sum(row.due.kept for row in rows), len(rows))


def _lines(rows, by, none):
    found = {}
    counts = defaultdict(lambda: [0, 0])
    for row in rows:
        key, name = getattr(row, by)
        found[key] = name or none
        counts[key][0] += row.due.kept
        counts[key][1] += 1
    lines = [Line(key, name, *counts[key]) for key, name in found.items()]
    return sorted(lines, key=lambda line: (not line.key, -line.late, -line.all, line.name))


def export(rows):
    """The lines of a CSV file, its head first. Times in ISO 8601 with the reader's offset."""
    yield ("escalation", "account", "led by", "team", "update", "due", "sent", "kept", "seconds late")
    for row in rows:
        one = row.due
        late = round((one.sent_at - one.due_at).total_seconds()) if one.sent_at else ""
        yield (
            str(row.escalation),
            row.account[1],
            row.person[1],
            row.team[1],
            one.number or "",
            _iso(one.due_at),
            _iso(one.sent_at) if one.sent_at else "",
            "yes" if one.kept else "no",
            late,
        )


def _iso(at):
    return timezone.localtime(at).isoformat(timespec="seconds")
