"""All forms of a ladder's page together, and what its buttons do to a draft."""

from django.utils.translation import gettext as _

from ombud.foundation.people.models import Role
from ombud.spine.ladders.checking import MOST_RUNGS
from ombud.spine.ladders.rungs import PATIENCE
from ombud.spine.sla import durations

from .ladders import HALF_AN_HOUR, LadderForm, Offers, RungForm, StartForm, whom_value

MOST_STARTS = 12
FOR_A_NEW_RUNG = (Role.LEAD, Role.ESCALATION_MANAGER, Role.HEAD)
NEW = {
    "starts": [{"on": "broken"}, {"on": "by_hand"}],
    "rungs": [
        {"whom": {"kind": "holder"}, "after": 0, "by": ["product", "mail"]},
        {"whom": {"kind": "leads"}, "after": HALF_AN_HOUR, "by": ["product", "mail"]},
        {
            "whom": {"kind": "role", "of": Role.HEAD.value},
            "after": HALF_AN_HOUR,
            "by": ["product", "mail"],
            "repeat": HALF_AN_HOUR,
        },
    ],
}


class Editor:
    """A draft as forms: `rungs` from the ground up, `starts`, and `form` for the whole."""

    def __init__(self, draft, name="", data=None):
        self.offers = Offers(draft)
        rungs, starts = draft.get("rungs", []), draft.get("starts", [])
        self.form = LadderForm(data, offers=self.offers, initial={"name": name} | self._patience(draft))
        self.rungs = [
            RungForm(data, prefix=f"rung-{at}", offers=self.offers, initial=self._rung(_at(rungs, at)))
            for at in range(_count(data, "rungs", rungs, MOST_RUNGS))
        ]
        self.starts = [
            StartForm(
                data,
                prefix=f"start-{at}",
                offers=self.offers,
                initial=self._start(start),
                conditions=start.get("conditions"),
            )
            for at in range(_count(data, "starts", starts, MOST_STARTS))
            for start in [_at(starts, at)]
        ]

    def _rung(self, rung):
        if not rung:
            return {}
        calendar = rung.get("calendar")
        lengths = self.offers.lengths(calendar)
        return {
            "whom": whom_value(rung),
            "after": durations.words(rung["after"], "", lengths) if rung.get("after") else _("at once"),
            "calendar": str(calendar or ""),
            "by": rung.get("by", []),
            "repeat": durations.in_hours(rung["repeat"]) if rung.get("repeat") else "",
            "times": rung.get("times") or None,
            "does": rung.get("does", []),
            "url": rung.get("url", ""),
        }

    def _start(self, start):
        calendar = start.get("calendar")
        lengths = self.offers.lengths(calendar)
        after = durations.words(start["after"], "", lengths) if start.get("after") else ""
        return start | {"after": after, "calendar": str(calendar or "")}

    def _patience(self, draft):
        initial = {}
        for priority, usual in PATIENCE.items():
            said = draft.get("patience", {}).get(priority, {})
            calendar = said.get("calendar")
            words = durations.words(said.get("seconds", usual), "", self.offers.lengths(calendar))
            initial |= {f"{priority}_time": words, f"{priority}_calendar": str(calendar or "")}
        return initial

    @property
    def parts(self):
        return (self.form, *self.rungs, *self.starts)

    def is_valid(self):
        """Whether everything was understood; each part says what was not."""
        understood = [part.is_valid() for part in self.parts]  # all of them, so that all is said at once
        return all(understood)

    @property
    def has_errors(self):
        """Whether something was posted and not understood."""
        return self.form.is_bound and any(part.errors for part in self.parts)

    def draft(self):
        """As keep_ladder takes it."""
        return {
            "starts": [start.start() for start in self.starts],
            "rungs": [rung.rung for rung in self.rungs],
            "patience": self.form.patience,
        }


def _count(data, name, rows, most):
    if data is None:
        return len(rows)
    said = data.get(name, "")
    return min(int(said), most) if said.isascii() and said.isdigit() else 0


def _at(rows, at):
    return rows[at] if at < len(rows) else {}


def edited(draft, do):
    """The draft after one of the page's buttons: add, up-2, down-2, remove-2, start, unstart-1."""
    verb, _dash, number = do.partition("-")
    rungs, starts, at = (
        list(draft["rungs"]),
        list(draft["starts"]),
        int(number or 1) - 1 if number.isdigit() else 0,
    )
    if verb == "add":
        rungs.append(_new_rung(rungs))
    elif verb == "start":
        starts.append({"on": "broken"})
    elif verb == "unstart":
        del starts[at : at + 1]
    elif verb == "remove":
        del rungs[at : at + 1]
    elif verb in ("up", "down"):
        other = at + (1 if verb == "up" else -1)
        if 0 <= at < len(rungs) and 0 <= other < len(rungs):
            rungs[at], rungs[other] = rungs[other], rungs[at]
    return draft | {"rungs": rungs, "starts": starts}


def _new_rung(rungs):
    taken = [rung["whom"].get("of") for rung in rungs]
    role = next((role.value for role in FOR_A_NEW_RUNG if role not in taken), Role.HEAD.value)
    after = HALF_AN_HOUR if rungs else 0
    return {"whom": {"kind": "role", "of": role}, "after": after, "calendar": None, "by": ["product", "mail"]}
