"""Ladders and climbs in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.foundation.people.models import AccountSeat, Person, Role, Team
from ombud.spine.sla.models import Kind as Promised
from ombud.ui.times import when_words
from ombud.ui.values import listed

from .rungs import OF_PROMISES


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


ICONS = {
    "holder": "user-round-check",
    "leads": "user-round-cog",
    "manager": "shield-alert",
    "person": "user-round",
    "role": "briefcase-business",
    "team": "users-round",
    "duty": "calendar-clock",
    "turn": "refresh-cw",
    "seat": "building-2",
}
WAY_ICONS = {"product": "bell", "mail": "mail", "webhook": "webhook"}
WAYS = {"product": N_("on the desk"), "mail": N_("by mail"), "webhook": N_("through another system")}
DEEDS = {
    "assign": N_("gives the ticket to whom it tells"),
    "raise_priority": N_("raises the priority by one"),
    "escalate": N_("escalates the ticket"),
    "webhook": N_("tells another system once"),
}
STARTS = {
    "broken": N_("A promise is broken"),
    "near": N_("A promise is about to be broken"),
    "fits": N_("A ticket like this comes, or becomes so"),
    "untouched": N_("Nobody has touched a ticket for some time"),
    "late_update": N_("The update of an escalation is late"),
    "unconfirmed": N_("An escalation is not confirmed for some time"),
    "asked": N_("The customer asks for more"),
    "by_hand": N_("Somebody asks for help"),
}
STARTS_AFTER = {
    "untouched": N_("Nobody has touched a ticket for {time}"),
    "unconfirmed": N_("An escalation is not confirmed for {time}"),
}
WHY = {
    "broken": N_("A promise to a customer is broken"),
    "near": N_("A promise to a customer is about to be broken"),
    "fits": N_("A ticket needs you"),
    "untouched": N_("Nobody has touched a ticket yet"),
    "late_update": N_("A customer was promised an update, and it did not come"),
    "unconfirmed": N_("An escalation waits for somebody to confirm it"),
    "asked": N_("A customer asks for more"),
    "by_hand": N_("A colleague asks for you"),
}
ENDED = {
    "kept": N_("What was promised was done."),
    "made_good": N_("What was promised was done."),
    "cancelled": N_("The promise does not hold any more."),
    "updated": N_("The update went out."),
    "waived": N_("No update is due for a while."),
    "touched": N_("Somebody of ours has done something about it."),
    "confirmed": N_("Everybody who was told has confirmed it."),
    "de_escalated": N_("It is no escalation any more."),
    "resolved": N_("The ticket is resolved."),
    "merged": N_("It goes on in another ticket."),
}
SEATS = {
    AccountSeat.Seat.CSM: N_("The account’s success manager"),
    AccountSeat.Seat.AE: N_("The account’s account executive"),
    AccountSeat.Seat.TAM: N_("The account’s technical account manager"),
}


MISSED = {
    "late_update": N_("update due %(time)s"),
    "untouched": N_("since %(time)s"),
    "unconfirmed": N_("told %(time)s"),
}


class Names:
    """What people and teams behind some plans are called; each kind is asked for once, if at all."""

    def __init__(self, plans):
        whoms = [rung.whom for plan in plans for rung in plan.rungs]
        people = {whom.of for whom in whoms if whom.kind == "person"}
        teams = {whom.of for whom in whoms if whom.kind in ("team", "duty", "turn")}
        self.people = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
        self.teams = dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")) if teams else {}

    def of(self, whom):
        """Who stands behind a rung, in words: “Head of support”, “First line, on duty”."""
        if whom.kind == "person":
            return self.people.get(whom.of) or _("somebody")
        if whom.kind in _TEAMS:
            return _(_TEAMS[whom.kind]).format(team=self.teams.get(whom.of) or _("a team"))
        if whom.kind == "role":
            return Role(whom.of).label if whom.of in Role.values else str(whom.of)
        if whom.kind == "seat":
            return _(SEATS[whom.of]) if whom.of in SEATS else str(whom.of)
        return _(_OF_THE_TICKET[whom.kind])


_TEAMS = {
    "team": N_("Everybody in {team}"),
    "duty": N_("{team}, on duty"),
    "turn": N_("{team}, in turn"),
}
_OF_THE_TICKET = {
    "holder": N_("Who holds the ticket"),
    "leads": N_("Who leads its team"),
    "manager": N_("Who leads its escalation"),
}


def why_words(climb):
    """Why a climb began."""
    return _(WHY.get(climb.why, ""))


def also_words(climb):
    """What came meanwhile: a list of sentences."""
    return [_(WHY[why]) for why in climb.also if why in WHY]


def what_words(climb, now):
    """Which promise or update it is about, and since when: “First reply, due 14:36”; nothing for a call."""
    return missed_words(*missed(climb), now)


def missed(climb):
    """Why a climb is climbed, the kind of promise (or nothing), and the time that was missed, if any was."""
    promise = climb.promise if climb.why in OF_PROMISES else None
    if promise:
        return climb.why, promise.kind, promise.due_at
    return climb.why, "", climb.since


def missed_words(why, kind, at, now):
    """`missed` in the reader's language, on the clock that is in force."""
    if kind and at:
        words = {"what": Promised(kind).label, "time": when_words(at, now)}
        return _("%(what)s, due %(time)s") % words
    if kind:
        return str(Promised(kind).label)
    return _(MISSED[why]) % {"time": when_words(at, now)} if at and why in MISSED else ""


def start_words(on, time=""):
    """At what a ladder begins; after how long, if it says so."""
    return _(STARTS_AFTER[on]).format(time=time) if time and on in STARTS_AFTER else _(STARTS[on])


def ended_words(climb):
    """Why it is over; nothing while it is not."""
    return _(ENDED.get(climb.ended_why, "")) if climb.ended_why else ""


def names_words(people, most=2):
    """“Ada and Lin”, “Ada, Lin and 3 more”."""
    more = len(people) - most
    rest = [ngettext("{n} more", "{n} more", more).format(n=more)] if more > 0 else []
    return listed([*people[:most], *rest])
