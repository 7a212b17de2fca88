"""The same request twice is one deed: a request with an Idempotency-Key is answered from what was kept."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import Refusal
from .forgetting import KEPT
from .models import Answer

LONGEST = 200


def once(request, do):
    """Do it, or answer as the first time. `do()` gives (status, body, location); body is plain JSON."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return do()
    if len(key) > LONGEST:
        raise Refusal(422, fields={"Idempotency-Key": [_("At most 200 characters.")]})
    with transaction.atomic():
        answer, new = _answer(request, key)
        if new:
            answer.status, answer.body, answer.location = do()
            answer.save(update_fields=["status", "body", "location"])
    return answer.status, answer.body, answer.location


def _answer(request, key):
    """The row of this key. On PostgreSQL a second request waits here until the first is committed."""
    token = request.auth.token
    asked = hashlib.sha256(
        b"\n".join([request.method.encode(), request.path.encode(), request.body])
    ).hexdigest()
    answer, new = Answer.objects.get_or_create(
        token=token, key=key, defaults={"asked": asked, "forget_at": timezone.now() + KEPT}
    )
    if answer.asked != asked:
        raise Refusal(
            409,
            _("This Idempotency-Key came with another request before; nothing was done."),
            code="key_reused",
        )
    return answer, new
