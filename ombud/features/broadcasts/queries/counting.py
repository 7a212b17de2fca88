"""Counts that reconcile: listed is sent, kept, failed, excluded, leaving and waiting together."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from ombud.features.broadcasts.models import Affected, Broadcast, Recipient, Rule, Standing, Wording


@dataclass(frozen=True)
class Counts:
    """How it stands with a broadcast. `repeated` of those sent may have arrived twice, under one id."""

    listed: int = 0
    waiting: int = 0
    sending: int = 0
    sent: int = 0
    kept: int = 0
    failed: int = 0
    excluded: int = 0
    repeated: int = 0

    @property
    def concluded(self):
        """Those for whom nothing is to be done any more."""
        return self.sent + self.kept + self.failed

    @property
    def to_tell(self):
        """All but those who are excluded."""
        return self.listed - self.excluded


def counts_of(broadcast):
    """The counts of one broadcast."""
    return for_lists([broadcast.pk])[broadcast.pk]


def for_lists(broadcasts):
    """{id: Counts} of several broadcasts: one question."""
    rows = Recipient.objects.filter(broadcast__in=broadcasts).values("broadcast", "state")
    found = {pk: {} for pk in broadcasts}
    for row in rows.annotate(n=Count("pk"), again=Count("pk", filter=Q(repeated=True))).order_by():
        own = found[row["broadcast"]]
        own[row["state"]] = row["n"]
        own["listed"] = own.get("listed", 0) + row["n"]
        if row["state"] == Standing.SENT:
            own["repeated"] = row["again"]
    return {pk: Counts(**own) for pk, own in found.items()}


def affected_counts(incidents):
    """{incident id: {"tickets", "customers", "excluded", "reasons": {reason: n}}}: two questions."""
    found = {pk: {"tickets": 0, "customers": 0, "excluded": 0, "reasons": {}} for pk in incidents}
    rows = Affected.objects.filter(incident__in=incidents)
    by_reason = rows.values("incident", "reason").annotate(
        n=Count("pk"), out=Count("pk", filter=Q(excluded_at__isnull=False)), tickets=Count("ticket")
    )
    for row in by_reason.order_by():
        own = found[row["incident"]]
        own["reasons"][row["reason"]] = row["n"]
        own["tickets"] += row["tickets"]
        own["excluded"] += row["out"]
    people = rows.values("incident").annotate(n=Count("customer", distinct=True)).order_by()
    for row in people:
        found[row["incident"]]["customers"] = row["n"]
    return found


def old_text_counts(broadcast):
    """{language: how many got a text of it that has a newer version by now}."""
    rows = with_old_text(broadcast).values("approval__language").annotate(n=Count("pk"))
    counted = rows.order_by("approval__language")
    return {row["approval__language"]: row["n"] for row in counted}


def with_old_text(broadcast):
    """Those who were written to by this broadcast, in words of which there is a newer version by now."""
    newest = Wording.objects.filter(broadcast=broadcast, language=OuterRef("approval__language"))
    newest = newest.order_by().values("language").annotate(last=Max("number")).values("last")
    left = [Standing.SENT, Standing.SENDING, Standing.KEPT]
    rows = Recipient.objects.filter(broadcast=broadcast, state__in=left)
    return rows.annotate(newest=Subquery(newest)).filter(newest__gt=F("approval__number"))


def left_over(broadcast):
    """How many affected customers stand on no list of this wave: they were found since."""
    listed = Recipient.objects.filter(incident=broadcast.incident_id, wave=broadcast.wave)
    rows = Affected.objects.filter(incident=broadcast.incident_id, excluded_at=None)
    return rows.exclude(customer__in=listed.values("customer")).values("customer").distinct().count()


def found_by(findings):
    """{finding id: how many were first found by it}: one question."""
    rows = Affected.objects.filter(finding__in=findings).values("finding").annotate(n=Count("pk")).order_by()
    return {row["finding"]: row["n"] for row in rows}


def newest_broadcasts(incident):
    """The broadcasts of an incident, the newest first."""
    return (
        Broadcast.objects.filter(incident=incident)
        .select_related("begun_by", "sent_by", "corrects")
        .order_by("-number")
    )


def customers_told(incidents):
    """{incident id: how many customers got at least one letter}: one question."""
    rows = Recipient.objects.filter(incident__in=incidents, state__in=[Standing.SENT, Standing.KEPT])
    counted = rows.values("incident").annotate(n=Count("customer", distinct=True)).order_by()
    return {row["incident"]: row["n"] for row in counted}


def told_on(ticket, incidents):
    """{incident id: [what this ticket's customer was told of it, the newest last]}."""
    rows = Recipient.objects.filter(ticket=ticket, incident__in=incidents).exclude(state=Standing.EXCLUDED)
    found = {}
    for row in rows.select_related("broadcast", "approval").order_by("pk"):
        found.setdefault(row.incident_id, []).append(row)
    return found


def rule():
    """How this desk approves and sends broadcasts."""
    return Rule.ours()
