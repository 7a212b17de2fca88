"""What people of ours are told about climbs. Mails go by the rung, not by their wishes: see `letters`."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind
from ombud.spine.tickets.queries import visible_to
from ombud.ui.values import comma

from .words import WHY, missed_words


def reached(notice, now):
    """`A promise to a customer is broken (First reply, due 14:36): do you have it?`."""
    said = notice.data
    why = said.get("why")
    if why not in WHY:
        return gettext("A ladder reached you: do you have it?")
    at = datetime.fromisoformat(said["at"]) if said.get("at") else None
    words = {"why": gettext(WHY[why]), "what": missed_words(why, said["kind"], at, now)}
    if words["what"]:
        return gettext("%(why)s (%(what)s): do you have it?") % words
    return gettext("%(why)s: do you have it?") % words


def named_with_customer(notice):
    """`#1042 Labels · Carla Benítez, Acme Outdoor`; None when it is not (any more) theirs to see."""
    tickets = visible_to(notice.person).select_related("customer", "account")
    ticket = tickets.filter(pk=notice.case_id).first()
    if ticket is None:
        return None
    who = [str(ticket.customer), ticket.account.name if ticket.account else ""]
    return f"#{ticket.number} {ticket.subject}".strip() + " · " + comma().join(filter(None, who))


notices = (Kind("climb", _("A ladder reaches me"), reached, icon="ladder", about=named_with_customer),)
