"""Customers at their own door, for the tests of these pages."""

import gzip
import re
import secrets
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from ombud.doors.portal.guard import COOKIE
from ombud.foundation.people.queries import hash_of
from ombud.foundation.visits.models import Visit
from ombud.foundation.visits.queries import LASTS


def at_the_door(customer, now, **options):
    """A browser in which a customer is signed in."""
    client, secret = Client(**options), secrets.token_urlsafe(16)
    Visit.objects.create(
        customer=customer,
        hash=hash_of(secret),
        how=Visit.How.LINK,
        began_at=now,
        turned_at=now,
        expires_at=now + LASTS,
    )
    client.cookies[COOKIE] = secret
    return client


def weight(client, html):
    """Bytes that a page transfers, compressed: itself, its style sheets with all they import, its scripts."""
    parts = [html]
    for address in re.findall(rb'(?:href|src)="(/[^"]+\.(?:css|js)[^"]*)"', html):
        address = address.decode()
        if address.startswith("/static/"):
            parts += _with_imports(address.removeprefix("/static/").partition("?")[0])
        else:
            parts.append(client.get(address).content)
    return sum(len(gzip.compress(part)) for part in parts)


def _with_imports(name):
    content = Path(finders.find(name)).read_bytes()
    found = re.findall(rb'@import "([^"]+)"', content)
    folder = Path(name).parent
    return [content, *(part for one in found for part in _with_imports(_plain(folder / one.decode())))]


def _plain(path):
    parts = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)
