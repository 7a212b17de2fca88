"""How it is going, asked of the customer during the case (M37)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.spine.escalations import events
from ombud.spine.escalations.changing import locked, require_open
from ombud.spine.escalations.models import Pulse

from .acting import act

AGAIN = timedelta(minutes=10)  # the same said again within this time was sent twice


@transaction.atomic
def say_pulse(escalation, customer, score, words="", *, now):
    """They say it, from 1 to 10; a bad one brings the next update forward and is told to who leads it."""
    escalation = locked(escalation)
    require_open(escalation)
    if not 1 <= score <= 10:
        raise ValidationError({"score": _("Choose a number from 1 to 10.")})
    said = {"escalation": escalation, "customer": customer, "score": score, "words": words.strip()}
    if twice := Pulse.objects.filter(**said, said_at__gt=now - AGAIN).first():
        return twice
    pulse = Pulse.objects.create(**said, said_at=now)
    events.PULSE_SAID.record(
        case=escalation.case_id,
        now=now,
        escalation=escalation.pk,
        customer=customer.pk,
        score=score,
    )
    if pulse.is_bad:
        act(escalation, "escalation_pulse", pulse.pk, now=now)
    return pulse
