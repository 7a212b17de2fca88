"""What the forms of the escalation page say."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

PARTS = ("process", "impact", "promises")


def written(request):
    """The three parts of an update."""
    return {part: request.POST.get(part, "").strip() for part in PARTS}


def chosen_time(request, name, now):
    """A chosen time, or the one that was typed beside it (`name`_at); None: as the cadence says."""
    typed = request.POST.get(f"{name}_at", "").strip()
    value = typed or request.POST.get(name, "").strip()
    if not value:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ValidationError(_("“%s” is not a time.") % value) from None
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def minor_units(value, currency):
    """An amount as people type it, in minor units; None for nothing. Raises ValidationError."""
    value = value.strip().replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    if not value:
        return None
    if "," in value and "." not in value and len(value.rpartition(",")[2]) <= 2:
        value = value.replace(",", ".")
    try:
        amount = Decimal(value.replace(",", ""))
        if not amount.is_finite() or not 0 <= amount < 10**13:
            raise InvalidOperation
    except InvalidOperation:
        raise ValidationError({"at_risk": _("“%s” is not an amount.") % value}) from None
    return int(amount * 10 ** get_currency_precision(currency))


def said(choices):
    """Choices in the reader's language."""
    return [(value, str(label)) for value, label in choices]
