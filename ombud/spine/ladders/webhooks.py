"""What another system is told when a rung is reached, and how it knows that it was us."""

import base64
import hashlib
import hmac
import json

from django.conf import settings

from ombud.foundation.people.models import Company

from .letters import link
from .models import Webhook
from .tokens import make_token
from .words import missed

SIGNATURE, KEY = "Ombud-Signature", "Idempotency-Key"


def call_for(telling, climb, rung, now):
    """The call for one telling waits to leave: it names the person, and the way to “I have it”."""
    person = telling.person
    about = _about(climb, telling.rung, telling.round, now) | {
        "person": {"name": person.name, "email": person.email, "language": person.language},
        "have": link(_base(), settings.HAVE_PAGE, make_token(telling)),
    }
    return _wait(f"climb:{telling.pk}", climb, rung.url, about, now, telling=telling)


def call_once(climb, number, rung, event, now):
    """The same for a rung that calls another system besides telling people."""
    return _wait(f"rung:{event.pk}", climb, rung.url, _about(climb, number, 1, now), now)


def secret_of(url):
    """With what calls of this address are signed; another one when the desk gets another secret key."""
    return _secret(settings.SECRET_KEY, url)


def headers_of(webhook, now):
    """Who calls, by which key a repeat is known, and the signature over the time and the body."""
    at = int(now.timestamp())
    signed = hmac.new(secret_of(webhook.url).encode(), f"{at}.{webhook.body}".encode(), hashlib.sha256)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Ombud",
        KEY: webhook.key,
        SIGNATURE: f"t={at},v1={signed.hexdigest()}",
    }


def _secret(key, url):
    digest = hmac.new(key.encode(), f"ombud.ladders.webhook:{url}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _wait(key, climb, url, about, now, telling=None):
    body = json.dumps({"id": key, **about}, ensure_ascii=False, separators=(",", ":"))
    row, _new = Webhook.objects.get_or_create(
        key=key,
        defaults={
            "climb": climb,
            "telling": telling,
            "url": url,
            "body": body,
            "created_at": now,
            "due_at": now,
        },
    )
    return row


def _about(climb, number, again, now):
    ticket, (why, kind, at) = climb.ticket, missed(climb)
    return {
        "event": "climb.rung_reached",
        "at": now.isoformat(),
        "climb": climb.pk,
        "ladder": climb.ladder.name,
        "rung": number,
        "rungs": len(climb.plan["rungs"]),
        "round": again,
        "why": why,
        "promise": kind or None,
        "since": at and at.isoformat(),
        "ticket": {
            "number": ticket.number,
            "subject": ticket.subject,
            "priority": ticket.priority,
            "account": ticket.account.name if ticket.account else None,
            "url": link(_base(), settings.TICKET_PAGE, ticket.number) or None,
        },
    }


def _base():
    company = Company.ours()
    return company.address.rstrip("/") if company and company.address else ""
