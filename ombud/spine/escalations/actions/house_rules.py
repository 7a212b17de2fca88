"""What holds for all escalations here: who gets them, whose word is enough, what silence means."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Account
from ombud.foundation.people.permissions import ANSWER, CUSTOMERS, ESCALATIONS, may, require
from ombud.spine.escalations import events
from ombud.spine.escalations.models import RaisedAtOnce, Reason, Route, Silence, TierManager

DAY = 86_400
LONGEST = 90 * DAY


@transaction.atomic
def take_their_word(account, enough, *, by, now):
    """Whether it is an escalation at once when one of the account's people asks for one (M19)."""
    require(by, CUSTOMERS)
    if enough == RaisedAtOnce.objects.filter(account=account).exists():
        return
    if enough:
        RaisedAtOnce.objects.create(account=account)
    else:
        RaisedAtOnce.objects.filter(account=account).delete()
    events.WORD_IS_ENOUGH.record(case=account.case_id, by=by, now=now, account=account.pk, enough=enough)


@transaction.atomic
def set_silence(*, remind_after, until, then, by, now):
    """What it means when a customer does not say whether a solution is good; times in seconds.

    It holds for what is offered from now on, and for what still waits when it next comes due.
    """
    require(by, ESCALATIONS)
    if not DAY <= remind_after < until <= LONGEST:
        raise ValidationError({"until": _("First they are asked again, then it ends: in 90 days at most.")})
    silence = Silence.ours()
    silence.remind_after, silence.until, silence.then = remind_after, until, Silence.Then(then)
    silence.save()
    events.SILENCE_SET.record(by=by, now=now, remind_after=remind_after, until=until, then=str(silence.then))
    return silence


@transaction.atomic
def keep_route(reason, team, *, by, now):
    """Which team gets what is escalated for a reason, by turns; None: nobody in particular (M23, M24)."""
    require(by, ESCALATIONS)
    reason = Reason(reason)
    if team and team.archived_at:
        raise ValidationError(_("%(team)s is out of use.") % {"team": team.name})
    if _kept(Route.objects.filter(reason=reason), "team", team, {"reason": reason}):
        events.ROUTING_SET.record(by=by, now=now, kind="reason", of=str(reason), to=team and team.pk)


@transaction.atomic
def keep_tier_manager(tier, person, *, by, now):
    """Who leads the escalations of a tier's accounts; None: nobody in particular."""
    require(by, ESCALATIONS)
    tier = Account.Tier(tier)
    if person and not may(person, ANSWER):
        raise ValidationError(_("%(name)s cannot answer customers.") % {"name": person.name})
    if _kept(TierManager.objects.filter(tier=tier), "person", person, {"tier": tier}):
        events.ROUTING_SET.record(by=by, now=now, kind="tier", of=str(tier), to=person and person.pk)


def _kept(rows, field, value, key):
    """Write the row, or take it away; whether anything changed."""
    before = rows.first()
    if (before and getattr(before, field)) == value:
        return False
    if value is None:
        rows.delete()
    else:
        rows.model.objects.update_or_create(**key, defaults={field: value})
    return True
