"""One of ours writes down what a customer said: on the phone, at a fair, in a meeting (M3)."""

import json
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ombud.features.channels.arrival.keeping import Delivered, keep, storable
from ombud.features.channels.arrival.work import take_in
from ombud.features.channels.queries import is_open
from ombud.foundation.people.models import Customer
from ombud.foundation.people.permissions import LOG, require
from ombud.lib.mail import clean_address


def log_call(
    *,
    by,
    now,
    text,
    subject="",
    customer=None,
    name="",
    email="",
    phone="",
    account=None,
    heard_by=None,
    where="",
    happened_at=None,
    severity=None,
    urgency=None,
    team=None,
    tags=(),
    key="",
):
    """Open a ticket on a customer's behalf; answers with it.

    The customer is given, or found by address or phone number, or entered now with what is known.
    `heard_by` (else `by`) heard it, `where`, at `happened_at`. `key`: sent twice, it is one ticket. Raises
    ValidationError by field, PermissionDenied.
    """
    require(by, LOG)
    customer = customer or _by_phone(phone, email)
    _check(customer, name, email, phone, subject, text)
    call = {
        "name": storable(name.strip() or (customer.name if customer else "")),
        "email": clean_address(email) or (customer.email if customer else ""),
        "phone": storable(phone.strip()),
        "customer": customer and customer.pk,
        "account": account and account.pk,
        "subject": storable(" ".join(subject.split()) or " ".join(text.split())[:80]),
        "text": storable(text.strip()),
        "by": by.pk,
        "heard_by": (heard_by or by).pk,
        "heard_where": storable(where.strip())[:200],
        "at": happened_at and happened_at.isoformat(),
        "severity": severity,
        "urgency": urgency,
        "team": team and team.pk,
        "tags": list(tags),
    }
    row = keep(
        Delivered(
            raw=json.dumps(call, ensure_ascii=False).encode(),
            channel="phone",
            source="call",
            at=now,
            key=f"call:{key}"[:120] if key else "",
            let_in=True,
        )
    )
    if row.due_at is not None:
        take_in([row], now)
    row.refresh_from_db()
    if row.message is None:
        raise ValidationError(
            _(
                "It was stored, but could not be made a ticket yet. An administrator sees it among what was"
                " put aside."
            )
        )
    return row.message.ticket


def _check(customer, name, email, phone, subject, text):
    if not is_open("phone"):
        raise ValidationError(_("Logging calls is switched off at the moment."))
    wrong = {}
    if customer is None and not (name.strip() or email.strip() or phone.strip()):
        wrong["name"] = _("Say who it was: a name, an address or a phone number.")
    if email.strip() and clean_address(email) is None:
        wrong["email"] = _("This is not a mail address.")
    if not text.strip() and not subject.strip():
        wrong["text"] = _("Write what the customer said.")
    if wrong:
        raise ValidationError(wrong)


def _by_phone(phone, email):
    """The customer with this number, if nobody named an address; a few ways to write it are understood."""
    digits = re.sub(r"\D", "", phone)
    if email.strip() or len(digits) < 6:
        return None
    for customer in Customer.objects.filter(phone__endswith=digits[-2:]).order_by("pk")[:500]:
        if re.sub(r"\D", "", customer.phone) == digits:
            return customer
    return None
