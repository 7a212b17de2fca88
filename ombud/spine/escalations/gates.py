"""What must be true before an escalation comes a stage further (M61). No database."""

from django.utils.translation import gettext as _

from .models import Stage

ORDER = (Stage.RECEIVED, Stage.INVESTIGATED, Stage.RESOLVED, Stage.REVIEWED)


def after(stage):
    """The next stage, or None."""
    at = ORDER.index(stage) + 1
    return ORDER[at] if at < len(ORDER) else None


def missing(escalation, *, spoken):
    """What is still missing to reach the next stage, in sentences. `spoken`: a person of ours has written."""
    stage = after(escalation.stage)
    asked = {
        Stage.INVESTIGATED: (
            (escalation.manager_id, _("Name a manager.")),
            (spoken, _("Speak to the customer: no update has gone out yet.")),
            (escalation.understood, _("Write down what we understood.")),
            (escalation.impact, _("Write down what it means for the customer’s business.")),
        ),
        Stage.RESOLVED: (
            (escalation.fix or escalation.workaround, _("Write down the fix or the workaround.")),
        ),
        Stage.REVIEWED: (),
        None: (),
    }[stage]
    return [words for there, words in asked if not there]
