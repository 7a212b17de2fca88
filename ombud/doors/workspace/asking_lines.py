"""That a customer asked for an escalation, and what became of it, as lines of `timeline.SAID`."""

from django.utils.translation import gettext as _


def _asked(data, names, actor):
    return _("The customer asked for an escalation")


def _settled(data, names, actor):
    if data["outcome"] == "dismissed":
        return _("said: no escalation this time")
    return _("Somebody higher was told") if data["outcome"] == "climbed" else ""


def _joined(data, names, actor):
    return _("escalated it") if actor else _("It was escalated")


SAID = {
    "escalation.asked": ("chevrons-up", _asked),
    "escalation.asking_settled": ("chevrons-up", _settled),
    "escalation.joined": ("ladder", _joined),
}
