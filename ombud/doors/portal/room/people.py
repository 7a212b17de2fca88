"""Who is on it, who of theirs has to do with it, and who is told if we fall silent or they ask for more."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ombud.doors.portal import words
from ombud.spine.escalations import theirs
from ombud.spine.escalations.cadence import first_word
from ombud.spine.escalations.queries import listening, zone_of
from ombud.ui.times import when_words
from ombud.ui.values import listed

from .names import DOES, THEIRS, all_of, capital, full, role_of


@dataclass(frozen=True)
class One:
    """Somebody, what they do here, and how to call them: the number as written, and for a tel: link."""

    name: str
    does: str
    phone: str = ""
    tel: str = ""


@dataclass(frozen=True)
class Reach:
    """What happens when they take it higher: who is told, and by when they hear from us then."""

    told: str
    by: str


def manager(guest):
    """Who answers for it, or nobody yet."""
    found = guest.escalation.manager
    if found is None:
        return None
    phone, tel = _phone(found, guest)
    does = _("answers for this until you say that it is solved")
    return One(capital(full(found, guest.brand)), does, phone, tel)


def _phone(person, guest):
    """(as written, as dialled) for those whose escalation it is, where the brand shows it; else ("", "")."""
    brand, written = guest.brand, person.phone.strip()
    if not (guest.own and guest.escalation.is_open and brand.names_person and brand.shows_phone):
        return "", ""
    number = re.split(r"[^\d\s+()./-]", written, maxsplit=1)[0].replace("(0)", "")
    digits = re.sub(r"\D", "", number)
    return (written, ("+" if number.startswith("+") else "") + digits) if len(digits) > 2 else ("", "")


def others(guest):
    """Who else of ours works on it."""
    return [
        One(capital(full(part.person, guest.brand)), _(DOES[part.role]))
        for part in theirs.at_work(guest.escalation, guest.ticket)
    ]


def theirs_here(guest):
    """Their own people, with what they are in this: those who may see the page."""
    roles = theirs.roles_of(guest.ticket, guest.escalation) if guest.escalation else {}
    return [
        One(str(person), _(THEIRS[roles[person.pk]]) if person.pk in roles else "") for person in guest.people
    ]


def who_may_see(guest):
    """Their names in a row."""
    return str(listed([str(person) for person in guest.people]))


def ladder(guest):
    """The rungs for `ui.ladder`, the highest first: who is told if we fall silent."""
    storeys = theirs.ladder_of(guest.escalation, guest.ticket, guest.now)
    lead = guest.escalation.manager
    drawn = []
    for storey in storeys:
        people = [person for person in storey.people if person != lead]
        if people:
            drawn.append(
                _rung(people, storey, guest, is_next=not any(one["state"] == "next" for one in drawn))
            )
    if not drawn:
        return []
    if lead:
        name = capital(full(lead, guest.brand))
        drawn.insert(0, {"state": "held", "name": name, "words": _("has it now")})
    return list(reversed(drawn))


def _rung(people, storey, guest, is_next):
    name = capital(all_of(people, guest.brand))
    time = when_words(storey.at, guest.now)
    roles = (
        listed(list(dict.fromkeys(role_of(person) for person in people))) if guest.brand.names_person else ""
    )
    if storey.told:
        return {
            "state": "passed",
            "name": name,
            "words": _told(roles, _("was told {time}").format(time=time)),
        }
    said = _told(roles, _("is told at {time}").format(time=time))
    return {"state": "next" if is_next else "later", "name": name, "words": said}


def _told(roles, told):
    return _("{roles}, {told}").format(roles=roles, told=told) if roles else told


def reach(guest):
    """Who is told when they take it higher now, in words."""
    told = list(theirs.told_when_asked(guest.ticket, guest.now))
    escalation = guest.escalation
    if escalation and escalation.manager:
        told.append(escalation.manager)
    if not guest.own and escalation:  # who looks after another account is none of theirs
        told = [escalation.manager] if escalation.manager else []
    if escalation is None:
        told += listening(guest.ticket)
    return Reach(all_of(told, guest.brand), _sooner(guest))


def _sooner(guest):
    """By when they hear from us then, where that is promised."""
    escalation = guest.escalation
    if escalation is None or not escalation.is_open or escalation.late_at:
        return ""
    at = first_word(escalation.severity, escalation.urgency, guest.now, zone_of(escalation))
    due = escalation.next_update_at
    return words.moment(min(at, due) if due else at, guest.now)
