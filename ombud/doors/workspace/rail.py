"""The rail: where one can go from every page of the desk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.foundation.notifications.queries import unread
from ombud.foundation.people.permissions import ADMINISTER, SEE_ALL, may
from ombud.lib.glance import Glance
from ombud.spine.escalations.queries import late, late_among
from ombud.ui.panels import PERSON
from ombud.ui.rail import RailEntry

from .links import url_or_none

# Every page asks; mostly nothing is late, and then that is all that is asked.
MARKS = Glance({"told": lambda: unread(PERSON), "late": late}, counted=["told"])


def rail_for(person, path):
    """The entries that this person may use; the one whose pages `path` belongs to is marked."""
    # Who leads nothing and answers nobody begins with what is expected of them.
    escalations = "cockpit:overview" if may(person, SEE_ALL) else "cockpit:mine"
    entries = [
        ("inbox", _("Inbox"), reverse("workspace:inbox"), "first", "g i"),
        ("ladder", _("Escalations"), url_or_none(escalations), "first", "g e"),
        ("building-2", _("Customers"), url_or_none("office:customers"), "first", "g c"),
        ("send", _("Outbox"), url_or_none("office:outbox"), "second", "g o"),
        ("bell", _("Notices"), reverse("workspace:notices"), "first", "g n"),
        ("settings-2", _("Settings"), url_or_none("office:home"), "second", "g s"),
    ]
    if not may(person, ADMINISTER):
        entries = [entry for entry in entries if entry[0] != "send"]
    here = _nearest(path, [href for _icon, _label, href, *_rest in entries if href])
    marks = MARKS(person=person.pk)
    told = marks["told"]
    counts = {"bell": told, "ladder": late_among(person) if marks["late"] else 0}
    return [
        RailEntry(
            href,
            icon,
            label,
            href == here,
            counts.get(icon, 0),
            rank,
            key,
            ngettext("%(n)s not read", "%(n)s not read", told) % {"n": told} if icon == "bell" else "",
        )
        for icon, label, href, rank, key in entries
        if href
    ]


def _nearest(path, addresses):
    if path.startswith(("/tickets/", "/search", "/log", "/new")) or path == "/":
        return reverse("workspace:inbox")
    if path.startswith("/escalations/"):
        return next((href for href in addresses if href.startswith("/escalations/")), None)
    return max((href for href in addresses if path.startswith(href)), key=len, default=None)
