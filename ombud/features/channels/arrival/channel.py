"""The channels: ours, and those that other packages add under the entry point group "ombud.channels"."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from django.utils.functional import Promise

from .arrived import Arrived

logger = logging.getLogger(__name__)
GROUP = "ombud.channels"
OURS = tuple(
    EntryPoint(name, f"ombud.features.channels.{name}.channel:CHANNEL", GROUP)
    for name in ("email", "web_form", "portal", "phone")
)


@dataclass(frozen=True)
class Channel:
    """A way to reach us. `read(raw, incoming)` makes what arrived of its stored bytes, or raises Unreadable.

    A channel hands its bytes to `arrival.keeping.keep` and is done: what becomes of them is decided above it.
    `sample` is one thing as it comes in; the contract tests that every channel must pass use it.
    """

    name: str
    title: str | Promise
    read: Callable[[bytes, object], Arrived]
    sample: bytes


@cache
def channels():
    """Every channel by its name. A stranger's cannot take the name of one of ours, nor break the others."""
    found = {entry.name: entry.load() for entry in OURS}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            channel = entry.load()
        except Exception:
            logger.exception("the channel %s could not be loaded; the others work", entry.name)
        else:
            found.setdefault(channel.name, channel)
    return found
