"""What holds for all escalations here: whose word is enough, and what a customer's silence means."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import CUSTOMERS, ESCALATIONS, require
from ombud.spine.escalations import events
from ombud.spine.escalations.models import RaisedAtOnce, Silence

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
