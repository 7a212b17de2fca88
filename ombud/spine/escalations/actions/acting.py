"""What a bad word of the customer's sets in motion: their next update sooner, and who leads it told."""

from ombud.foundation.notifications.actions import tell
from ombud.spine.escalations.cadence import first_word
from ombud.spine.escalations.changing import UPDATE, set_update
from ombud.spine.escalations.queries import leading, zone_of

from .updates import log_next


def act(escalation, kind, key, *, now):
    """Tell who leads it, or who leads here when nobody does; the next update is due as soon as a first word.

    A waiver ends: who says that it goes badly wants to hear from us. Never later than it was promised, and
    what is late stays late.
    """
    tell(leading(escalation), kind, case=escalation.case, key=f"{kind}:{key}", now=now)
    if escalation.late_at or not escalation.is_open:
        return
    at = first_word(escalation.severity, escalation.urgency, now, zone_of(escalation))
    if escalation.next_update_at is None or at < escalation.next_update_at:
        set_update(escalation, at, now)
        escalation.save(update_fields=UPDATE)
        log_next(escalation, None, now, "asked")
