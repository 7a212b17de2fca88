"""What happened on a ladder, as quiet lines of the timeline: see `timeline.SAID`.

That somebody was told again, perhaps a hundred times, stands on the ladder and in the log only.
"""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ombud.ui.values import listed


def _climbed(sentence):
    def say(data, names, actor):
        people = listed([names.person(person) for person in data["people"]])
        return _filled(_(sentence), rung=data["rung"], people=format_html("<strong>{}</strong>", people))

    return say


def _filled(sentence, **values):
    return format_html(sentence, **values)


def _just(sentence):
    return lambda data, names, actor: _filled(_(sentence), rung=data.get("rung", ""))


def _began(data, names, actor):
    return _("asked for help: a ladder is climbed") if actor else ""


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


REFERS = {
    "climb.rung_reached": {"people": "person"},
    "climb.acknowledged": {"person": "person"},
}
SAID = {
    "climb.started": ("ladder", _began),
    "climb.rung_reached": ("ladder", _climbed(N_("Climbed to rung {rung}: {people} told"))),
    "climb.nobody_there": ("ladder", _just(N_("Nobody stood on rung {rung}, so it was passed"))),
    "climb.acknowledged": ("check-check", _just(N_("has it: nobody else is told"))),
    "climb.resumed": ("ladder", _just(N_("Nothing happened meanwhile, so the ladder climbs on"))),
    "climb.topped": ("ladder", _just(N_("The last rung was told, and nobody has it"))),
    "climb.ended": ("ladder", _just(N_("The ladder is not needed any more"))),
}
