"""The ladders that a desk begins with, to be changed. Their names are in the language that is spoken now."""

from django.utils.translation import gettext as _

from ombud.foundation.people.models import AccountSeat, Role
from ombud.spine.tickets.models import Level

MINUTES = 60
DESK_AND_MAIL = ("product", "mail")
BEST_TIERS = ("gold", "platinum")


def usual_ladders(on_top=Role.HEAD):
    """[(name, draft)] in their order: the particular before the general."""
    return [
        (_("Critical at once"), _critical(on_top)),
        (_("Late updates"), late_updates(on_top)),
        (_("Gold and platinum"), _best(on_top)),
        (_("Broken promises"), broken(on_top)),
    ]


def broken(on_top):
    """Who holds the ticket, then who leads, then the head; also for whoever asks for help."""
    return {
        "starts": [{"on": "broken"}, {"on": "by_hand"}],
        "rungs": [
            _rung({"kind": "holder"}),
            _rung({"kind": "leads"}, after=15 * MINUTES),
            _rung({"kind": "role", "of": on_top.value}, after=30 * MINUTES, repeat=30 * MINUTES, times=12),
        ],
    }


def late_updates(on_top):
    """Who leads the escalation, then who leads the team, then the head; also when a customer asks for more.

    The manager hears that an update is late in the moment in which it is: the ladder comes ten minutes later.
    """
    return {
        "starts": [{"on": "late_update"}, {"on": "asked"}],
        "rungs": [
            _rung({"kind": "manager"}, after=10 * MINUTES),
            _rung({"kind": "leads"}, after=15 * MINUTES),
            _rung({"kind": "role", "of": on_top.value}, after=30 * MINUTES, repeat=30 * MINUTES, times=12),
        ],
    }


def _critical(on_top):
    return {
        "starts": [{"on": "fits", "conditions": {"severities": [Level.CRITICAL.value]}}],
        "rungs": [
            _rung({"kind": "role", "of": Role.ESCALATION_MANAGER.value}),
            _rung({"kind": "role", "of": on_top.value}, after=5 * MINUTES, repeat=15 * MINUTES, times=16),
        ],
    }


def _best(on_top):
    return {
        "starts": [{"on": "broken", "conditions": {"tiers": list(BEST_TIERS)}}],
        "rungs": [
            _rung({"kind": "seat", "of": AccountSeat.Seat.TAM.value}),
            _rung({"kind": "seat", "of": AccountSeat.Seat.CSM.value}, after=10 * MINUTES),
            _rung({"kind": "leads"}, after=10 * MINUTES),
            _rung({"kind": "role", "of": on_top.value}, after=20 * MINUTES, repeat=30 * MINUTES, times=12),
        ],
    }


def _rung(whom, after=0, **more):
    return {"whom": whom, "after": after, "by": list(DESK_AND_MAIL), **more}
