"""That a ticket is escalated, or the customer asks for it: the strip under its head, and the way there."""

from ombud.foundation.people.permissions import NOTE, may
from ombud.spine.escalations.queries import of_case, open_on
from ombud.spine.escalations.theirs import open_asking

from .links import url_or_none


def of(ticket, person, there):
    """What the head shows: its open escalation with its address, or where one raises one and who asks."""
    found = open_on([ticket.pk]).get(ticket.pk) if there["escalation"] else None
    if found is None:
        raises = may(person, NOTE) and not ticket.is_done
        return {
            "raise_href": url_or_none("cockpit:raise", ticket.number) if raises else None,
            "asking": open_asking(ticket) if there["asking"] else None,
        }
    seen = of_case(person, found.case_id)
    return {
        "escalation": found,
        "escalation_href": url_or_none("cockpit:escalation", found.number) if seen else None,
    }
