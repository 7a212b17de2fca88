"""What happened to promises, as lines of the timeline: kept and broken ones, and the rest quietly."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ombud.spine.sla.models import Kind
from ombud.spine.sla.words import ENDED, PAUSED
from ombud.ui.times import when_words


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


def _line(sentence, when=None):
    """A sentence with {promise} and, where the event has it in the field `when`, {time}."""

    def say(data, names, actor):
        called = format_html("<strong>{}</strong>", Kind(data["kind"]).label)
        return format_html(_(sentence), promise=called, time=_time(data.get(when)), why=_why(data.get("why")))

    return say


def _time(said):
    return when_words(datetime.fromisoformat(said), timezone.now()) if said else "–"


def _why(code):
    words = PAUSED.get(code) or ENDED.get(code) or ""
    return _(words) if words else ""


QUIET = {
    "promise.made": ("timer", _line(N_("Promised: {promise} by {time}"), "due")),
    "promise.moved": ("timer", _line(N_("{promise} is now due {time}"), "new")),
    "promise.paused": ("pause", _line(N_("{promise}: {why}"))),
    "promise.resumed": ("play", _line(N_("{promise} runs again, due {time}"), "due")),
    "promise.cancelled": ("x", _line(N_("{promise} does not hold any more. {why}"))),
    "promise.owed_again": ("timer", _line(N_("{promise} is owed again"))),
}
LOUD = {
    "promise.kept": ("circle-check", _line(N_("Kept: {promise}"))),
    "promise.broken": ("triangle-alert", _line(N_("Broken: {promise}, due {time}"), "due")),
    "promise.made_good": ("circle-check", _line(N_("Made good late: {promise}, due {time}"), "due")),
}
SAID = QUIET | LOUD
