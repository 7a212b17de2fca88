"""What must be true before an escalation comes a stage further (M61). No database."""

from django.utils.translation import gettext as _

from .models import Stage

ORDER = (Stage.RECEIVED, Stage.INVESTIGATED, Stage.RESOLVED, Stage.REVIEWED)


def after(stage):
    """The next stage, or None."""
    at = ORDER.index(stage) + 1
    return ORDER[at] if at < len(ORDER) else None


def missing(escalation, *, spoken, accepted, owed):
    """What is still missing to reach the next stage, in sentences.

    `spoken`: a person of ours has written. `accepted`: the customer accepted a fix or a workaround. `owed`:
    the fix after a workaround is still owed.
    """
    stage = after(escalation.stage)
    asked = {
        Stage.INVESTIGATED: (
            (escalation.manager_id, _("Name a manager.")),
            (spoken, _("Speak to the customer: no update has gone out yet.")),
            (escalation.understood, _("Write down what we understood.")),
            (escalation.impact, _("Write down what it means for the customer’s business.")),
        ),
        Stage.RESOLVED: (
            (accepted, _("The customer has not accepted a fix or a workaround yet: propose one.")),
        ),
        Stage.REVIEWED: ((not owed, _("The fix is still owed: only a workaround was accepted.")),),
        None: (),
    }[stage]
    return [words for there, words in asked if not there]
