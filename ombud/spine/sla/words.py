"""Promises in the reader's language."""

from django.utils.translation import gettext as _

from ombud.lib.working_time import WHY
from ombud.spine.tickets.models import Status
from ombud.ui.values import comma

from .models import Kind
from .standing import paused_for


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


MORE_WHY = {  # beside working_time.WHY, alone and with a name
    "always": (N_("around the clock"), ""),
    "weekend": (N_("weekend"), N_("weekend: {name}")),
}
PAUSED = {
    Status.WAITING: N_("paused: waiting for customer"),
    Status.ON_HOLD: N_("paused: on hold"),
    Status.RESOLVED: N_("resolved meanwhile"),
}
BEGAN = {  # what starts a clock, with the customer's name
    Kind.FIRST_REPLY: N_("{name} wrote"),
    Kind.NEXT_REPLY: N_("{name} wrote again"),
    Kind.UPDATE: N_("{name} last heard from us"),
    Kind.RESOLUTION: N_("{name} asked"),
}
ENDED = {  # why a promise does not hold any more
    "resolved": N_("The ticket was resolved."),
    "merged": N_("It was merged with another ticket."),
    "withdrawn": N_("It was withdrawn."),
    "priority": N_("The priority changed."),
    "severity": N_("The severity changed."),
    "customer": N_("The ticket was given to another customer."),
    "tag": N_("The tags changed."),
    "policy": N_("The policy changed."),
}


def line_words(line):
    """Why a stretch counted or not: “public holiday: Epiphany”, “paused: waiting for customer”."""
    return _why(line.why, line.name)


def _why(why, name):
    if why == "paused":
        return _(PAUSED.get(name, N_("paused")))
    alone, named = WHY.get(why) or MORE_WHY[why]
    return _(named).format(name=name) if name and named else _(alone)


def paused_words(promise):
    """Why its clock stands still: “paused: waiting for customer”."""
    return _why("paused", paused_for(promise))


def without_words(line):
    """What a folded line left out: “without lunch or another break, closed: Moving”; nothing for nothing."""
    if not line.without:
        return ""
    return _("without {what}").format(what=comma().join(_why(*part) for part in line.without))


def began_words(promise, customer, by=""):
    """What started the clock: “Carla wrote”; the words of one of ours for what was promised in words."""
    if promise.kind == Kind.WORD:
        return _("{name} promised: “{words}”").format(name=by or _("Somebody of ours"), words=promise.words)
    return _(BEGAN[promise.kind]).format(name=customer)


def ended_words(promise):
    """Why it does not hold any more; nothing for one that does, or was kept."""
    return _(ENDED.get(promise.why, "")) if promise.why else ""


def called(promise):
    """What a promise is called: its kind, or what was said."""
    return promise.words if promise.kind == Kind.WORD and promise.words else Kind(promise.kind).label


def source_words(policy, priority):
    """By what it was promised: “P1 · Gold”."""
    return " · ".join(filter(None, (priority.upper(), policy)))
