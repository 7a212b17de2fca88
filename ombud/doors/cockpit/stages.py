"""How far an escalation is, as the head of its page draws it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.spine.escalations.gates import ORDER, after, missing
from ombud.spine.escalations.models import Stage
from ombud.spine.escalations.queries import facts_of

UNDER_WAY = {
    Stage.INVESTIGATED: gettext_lazy("Investigating"),
    Stage.RESOLVED: gettext_lazy("Resolving"),
    Stage.REVIEWED: gettext_lazy("Reviewing"),
}
REACHED = {
    Stage.INVESTIGATED: gettext_lazy("Investigated: the customer’s business is understood."),
    Stage.RESOLVED: gettext_lazy("Resolved. A review closes it."),
    Stage.REVIEWED: gettext_lazy("Reviewed, and over."),
}
# A stage is reached by a deed; each deed says what it means.
DEEDS = {
    Stage.INVESTIGATED: gettext_lazy("It is investigated"),
    Stage.RESOLVED: gettext_lazy("It is resolved"),
    Stage.REVIEWED: gettext_lazy("It is reviewed: close it"),
}


def of(escalation):
    """The four stages: what was reached, what is under way, and what is missing to leave it."""
    reached, coming = ORDER.index(escalation.stage), after(escalation.stage) if escalation.is_open else None
    wanting = missing(escalation, **facts_of(escalation)) if coming else []
    return [_stage(stage, ORDER.index(stage) <= reached, stage == coming, wanting) for stage in ORDER]


def _stage(stage, is_reached, is_coming, wanting):
    return {
        "key": stage.value,
        "label": UNDER_WAY[stage] if is_coming else stage.label,
        "state": "done" if is_reached else "current" if is_coming else "later",
        "missing": wanting if is_coming else [],
        "deed": DEEDS.get(stage, ""),
        "about": _("Reached, and not gone back from.") if is_reached else "",
    }
