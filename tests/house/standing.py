"""Run in a copy of the house: does it stand? Every module loads, every page without an id opens.

A door's page that shows the feature goes with it: of the doors, only what has an address must load.
"""

import importlib
import pathlib

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (only now are there settings)
from django.test import Client  # noqa: E402
from django.urls import URLPattern, get_resolver, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from ombud.foundation.people.actions import open_desk  # noqa: E402
from ombud.foundation.post.actions import keep_mailbox  # noqa: E402


def every_module_loads():
    for file in sorted(pathlib.Path("ombud").rglob("*.py")):
        parts = file.with_suffix("").parts
        if not {"doors", "tests", "__main__", "vendor"} & set(parts):
            importlib.import_module(".".join(parts).removesuffix(".__init__"))


def addresses():
    """Of every page of a door of ours that needs no id."""
    for door in get_resolver().url_patterns:
        for pattern in getattr(door, "url_patterns", ()) if getattr(door, "namespace", None) else ():
            if isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.converters:
                yield reverse(f"{door.namespace}:{pattern.name}")


def every_page_opens():
    now = timezone.now()
    greta = {"name": "Greta", "email": "greta@desk.test", "password": "parcels-and-promises"}
    first = open_desk(name="Parcelline", language="en", time_zone="UTC", person=greta, now=now)
    keep_mailbox(address="support@desk.test", by=first, now=now)
    client = Client()
    client.force_login(first, backend="allauth.account.auth_backends.AuthenticationBackend")
    broken = {address: client.get(address).status_code for address in addresses()}
    broken = {address: status for address, status in broken.items() if status >= 500}
    assert not broken, broken


call_command("check", verbosity=0)
every_module_loads()
call_command("migrate", verbosity=0)
every_page_opens()
