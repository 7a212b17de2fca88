"""One of ours writes down what a customer said: on the phone, at a fair, in a meeting (M3)."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ombud.features.channels.arrival.keeping import Delivered, keep, storable
from ombud.features.channels.arrival.work import take_in
from ombud.features.channels.queries import is_open
from ombud.foundation.people.models import Account, Customer, Person, Team
from ombud.foundation.people.permissions import LOG, require
from ombud.lib.mail import clean_address


@dataclass
class Call:
    """What was told, and by whom, as far as it is known."""

    text: str
    subject: str = ""
    customer: Customer | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    account: Account | None = None
    heard_by: Person | None = None
    where: str = ""
    happened_at: datetime | None = None
    severity: str | None = None
    urgency: str | None = None
    team: Team | None = None
    tags: tuple = ()

    def written(self, by):
        """The bytes that are stored: ids and words that any database takes."""
        customer = self.customer
        said = {
            "name": storable(self.name.strip() or (customer.name if customer else "")),
            "email": clean_address(self.email) or (customer.email if customer else ""),
            "phone": storable(self.phone.strip()),
            "customer": customer and customer.pk,
            "account": self.account and self.account.pk,
            "subject": storable(" ".join(self.subject.split()) or " ".join(self.text.split())[:80]),
            "text": storable(self.text.strip()),
            "by": by.pk,
            "heard_by": (self.heard_by or by).pk,
            "heard_where": storable(self.where.strip())[:200],
            "at": self.happened_at and self.happened_at.isoformat(),
            "severity": self.severity,
            "urgency": self.urgency,
            "team": self.team and self.team.pk,
            "tags": list(self.tags),
        }
        return json.dumps(said, ensure_ascii=False).encode()


def log_call(*, by, now, key="", **told):
    """Open a ticket on a customer's behalf; answers with it. What can be told are the fields of a `Call`.

    The customer is given, or found by address or phone number, or entered now with what is known.
    `heard_by` (else `by`) heard it, `where`, at `happened_at`. `key`: sent twice, it is one ticket. Raises
    ValidationError by field, PermissionDenied.
    """
    require(by, LOG)
    call = Call(**told)
    call.customer = call.customer or _by_phone(call.phone, call.email)
    _check(call)
    row = keep(
        Delivered(
            raw=call.written(by),
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


def _check(call):
    if not is_open("phone"):
        raise ValidationError(_("Logging calls is switched off at the moment."))
    wrong = {}
    if call.customer is None and not (call.name.strip() or call.email.strip() or call.phone.strip()):
        wrong["name"] = _("Say who it was: a name, an address or a phone number.")
    if call.email.strip() and clean_address(call.email) is None:
        wrong["email"] = _("This is not a mail address.")
    if not call.text.strip() and not call.subject.strip():
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
