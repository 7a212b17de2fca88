"""What a room may plug into the house. Read a room's apps.py to see all it plugs in."""

from dataclasses import dataclass
from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string, module_has_submodule


@dataclass(frozen=True)
class Lane:
    """Due work that may be slow (a mail server, a network): it runs in a thread of its own name.

    One that `yields` does a batch a second while a flood of mail comes in, so that people see tickets first.
    """

    name: str
    work: str
    yields: bool = False


class Room(AppConfig):
    """A Django app that says in one place what it adds to the house.

    Dotted names are relative to the room: "actions.work_tray" is a function in its actions module.
    """

    default = False  # so that Django picks the room in apps.py, not this class
    due_work = ()  # functions(now) -> how many were done, or Lane(name, function)
    services = ()  # functions(stop: threading.Event) that run as long as the work process does
    live_sources = ()  # functions(state) -> (list of (event name, data), new state)
    ticket_panels = ()  # functions(ticket, person, now) -> ui.panels.Panel or None, for the page of a ticket
    escalation_panels = ()  # functions(escalation, person, now) -> the same, for the page of an escalation
    timeline = ()  # functions() -> {verb: (icon, words(data))}, lines for a ticket's or escalation's timeline
    demo = ()  # functions(now) that add to the demo's story, after it was told
    # functions(ticket, now, to=None) -> [(words, address)], said under a reply to the customer; `to` are the
    # addresses of all who read it, None for the customer alone
    letter_lines = ()
    request_kinds = ()  # functions() -> [kinds of request that customers' forms ask: key, name, fields(), …]
    gauges = ()  # functions(now) -> [(name, what it says, [({label: value}, number)])], for /metrics
    calendar_users = ()  # functions(calendar ids) -> {id: [(name of what works by it, address or "")]}
    commands = {}  # words of the command line -> "module:function(argv) -> exit status"
    plugs = ("events", "notices", "reactions", "followers")  # modules that register themselves

    def __init_subclass__(cls):
        cls.default = True

    def ready(self):
        for plug in self.plugs:
            if module_has_submodule(self.module, plug):
                import_module(f"{self.name}.{plug}")


def rooms():
    """Every installed room, in the order in which the house lists them."""
    return [config for config in apps.get_app_configs() if isinstance(config, Room)]


def due_work():
    """Every room's due work as (lane name, function); the lane "clock" is for quick database work."""
    for room in rooms():
        for entry in room.due_work:
            lane = entry if isinstance(entry, Lane) else Lane("clock", entry)
            yield lane.name, import_string(f"{room.name}.{lane.work}")


def lanes_that_yield():
    """The names of the lanes that let a flood of mail through first."""
    entries = (entry for room in rooms() for entry in room.due_work if isinstance(entry, Lane))
    return {entry.name for entry in entries if entry.yields}


def plugged(kind):
    """Every room's functions of a kind: "services", "live_sources", "ticket_panels"…"""
    for room in rooms():
        for name in getattr(room, kind):
            yield import_string(f"{room.name}.{name}")
