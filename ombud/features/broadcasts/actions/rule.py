"""How this desk broadcasts."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events
from ombud.features.broadcasts.models import Rule
from ombud.foundation.people.permissions import ADMINISTER, require

MOST = 60_000  # letters a minute; no server of ours is faster


@transaction.atomic
def keep_rule(*, two_people, per_minute, by, now):
    """Set whether a second person must approve, and how many letters may leave in a minute (0: no limit).

    It holds for broadcasts that are begun from now on. Raises ValidationError.
    """
    require(by, ADMINISTER)
    if not 0 <= per_minute <= MOST:
        raise ValidationError(_("Say how many letters a minute, 60,000 at most."))
    rule = Rule.ours()
    rule.two_people, rule.per_minute = two_people, per_minute
    rule.save()
    events.RULE_KEPT.record(by=by, now=now, fields=["per_minute", "two_people"])
    return rule
