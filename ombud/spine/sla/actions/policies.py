"""Making, changing, ordering and archiving SLA policies."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.models import Case
from ombud.foundation.people.permissions import PROMISES, require
from ombud.spine.sla import events
from ombud.spine.sla.models import Policy, PolicyVersion
from ombud.spine.sla.models.promises import PROMISED
from ombud.spine.sla.terms import BREAK, CONDITIONS
from ombud.spine.sla.usual import usual_terms
from ombud.spine.tickets.models import Priority, Status

from .rechecking import recheck_all

LONGEST = 366 * 24 * 3600  # seconds; a longer promise is a mistyped one
PAUSING = (Status.WAITING, Status.ON_HOLD)
WHOM = ("holder", "leads")
WAYS = ("product", "mail", "digest")


@transaction.atomic
def keep_policy(policy=None, *, name, conditions, terms, by, now, for_running=False):
    """Make a policy, last in order but before those for everybody, or change one.

    Changed terms are a new version; running promises keep theirs until something about their ticket changes,
    or, with `for_running`, are all looked at again. `conditions` and `terms` are what `terms.read` and
    `terms.unmet` understand. ValidationError names what is wrong by field.
    """
    if by is not None:
        require(by, PROMISES)
    name = " ".join(name.split())[:80]
    _check(policy, name, conditions, terms)
    conditions = {key: conditions[key] for key in CONDITIONS if conditions.get(key)}
    if policy is None:
        policy = Policy(case=Case.objects.create(kind="policy"), position=_place(conditions))
    policy.name, policy.conditions = name, conditions
    policy.save()
    if policy.version is None or policy.version.terms != terms:
        number = policy.version.number + 1 if policy.version else 1
        policy.version = PolicyVersion.objects.create(
            policy=policy, number=number, terms=terms, by=by, created_at=now
        )
        policy.save(update_fields=["version"])
    events.POLICY_KEPT.record(
        case=policy.case_id, by=by, now=now, policy=policy.pk, version=policy.version.number
    )
    if for_running:
        recheck_all(now=now)
    return policy


def _place(conditions):
    """The end of the order; but what is for somebody goes before what is for everybody, or never holds."""
    last = Policy.objects.filter(archived_at=None).order_by("position", "id").last()
    if last is None or last.conditions or not conditions:
        return (Policy.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    Policy.objects.filter(position__gte=last.position).update(position=F("position") + 1)
    return last.position


def begin_with_standard(*, by, now):
    """The first policy of a new desk, for everybody, by its calendar; in the language that is spoken now."""
    return keep_policy(
        name=_("Standard"), conditions={}, terms=usual_terms(default_calendar()), by=by, now=now
    )


@transaction.atomic
def restore_policy(policy, *, by, now):
    """Use it again, last in order. ValidationError if another has its name by now."""
    require(by, PROMISES)
    _check_name(policy, policy.name)
    policy.archived_at, policy.position = None, _place(policy.conditions)
    policy.save(update_fields=["archived_at", "position"])
    events.POLICY_KEPT.record(
        case=policy.case_id, by=by, now=now, policy=policy.pk, version=policy.version.number
    )


@transaction.atomic
def order_policies(policies, *, by, now):
    """Say which policy is looked at first, second, and so on."""
    require(by, PROMISES)
    for position, policy in enumerate(policies, start=1):
        Policy.objects.filter(pk=policy.pk).update(position=position)
    events.POLICIES_ORDERED.record(by=by, now=now, order=[policy.pk for policy in policies])


@transaction.atomic
def archive_policy(policy, *, by, now):
    """New tickets are promised nothing by it any more; what runs goes on."""
    require(by, PROMISES)
    policy.archived_at = now
    policy.save(update_fields=["archived_at"])
    events.POLICY_ARCHIVED.record(case=policy.case_id, by=by, now=now, policy=policy.pk)


def _check(policy, name, conditions, terms):
    wrong = _wrong_name(policy, name)
    if set(conditions) - set(CONDITIONS):
        wrong["conditions"] = _("There is no such condition.")
    wrong |= _wrong_targets(terms.get("targets", {})) | _wrong_rest(terms)
    if wrong:
        raise ValidationError(wrong)


def _check_name(policy, name):
    wrong = _wrong_name(policy, name)
    if wrong:
        raise ValidationError(wrong["name"])


def _wrong_name(policy, name):
    if not name:
        return {"name": _("Give it a name.")}
    others = Policy.objects.filter(name__iexact=name, archived_at=None)
    if others.exclude(pk=policy.pk if policy else None).exists():
        return {"name": _("Another policy has this name.")}
    return {}


def _wrong_targets(targets):
    calendars = set(Calendar.objects.in_use().values_list("pk", flat=True))
    if not any(targets.values()):
        return {"targets": _("Promise something: at least one target for one priority.")}
    for priority, kinds in targets.items():
        if priority not in Priority.values or set(kinds) - set(PROMISED):
            return {"targets": _("There is no such target.")}
        for target in kinds.values():
            if not isinstance(target.get("seconds"), int) or not 60 <= target["seconds"] <= LONGEST:
                return {"targets": _("A promise is between a minute and a year.")}
            if target.get("calendar") is not None and target["calendar"] not in calendars:
                return {"targets": _("That working calendar is not in use.")}
    return {}


def _wrong_rest(terms):
    wrong = {}
    if set(terms.get("pauses", ())) - set(PAUSING):
        wrong["pauses"] = _("A clock pauses only while waiting for the customer or on hold.")
    limit = terms.get("pause_limit")
    if limit is not None and (not isinstance(limit, int) or not 60 <= limit <= LONGEST):
        wrong["pause_limit"] = _("A pause is between a minute and a year.")
    for warning in terms.get("warnings", ()):
        percent = warning.get("percent")
        if not isinstance(percent, int) or not 1 <= percent <= BREAK:
            wrong["warnings"] = _("A warning comes between 1 and 100 percent of the time.")
        elif warning.get("to") not in WHOM or warning.get("by") not in WAYS:
            wrong["warnings"] = _("Say whom to warn, and how.")
    return wrong
