"""Is this a ladder, and may it be switched on? A draft may be unfinished; what is live may not."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from ombud.foundation.clock.models import Calendar
from ombud.foundation.people.models import Absence, Membership, Person, Role, Team
from ombud.lib.calling import Refused, is_public, parts_of
from ombud.spine.sla.models import Kind
from ombud.spine.sla.terms import CONDITIONS
from ombud.ui.values import listed

from .covering import hole_words, holes
from .models import Duty
from .rungs import AFTER_A_WHILE, DEEDS, STARTS, WAYS, WHOM, read

MOST_RUNGS = 12
LONGEST = 14 * 24 * 3600  # seconds between two rungs; longer is a mistyped one
SOONEST = 60  # seconds between two tellings: sooner, nobody could have answered
OF_THE_TICKET = ("holder", "manager", "seat")  # there may be nobody
ON_LEAVE = timedelta(days=7)  # "only people on leave": away now, and still away in a week


def check_draft(draft):
    """What is wrong with a draft's form, by field; nothing when it can be written down."""
    wrong = {}
    rungs, starts = draft.get("rungs", []), draft.get("starts", [])
    if len(rungs) > MOST_RUNGS:
        wrong["rungs"] = _("A ladder has at most %(most)d rungs.") % {"most": MOST_RUNGS}
    calendars = set(Calendar.objects.in_use().values_list("pk", flat=True))
    for rung in rungs:
        _check_rung(rung, calendars, wrong)
    for start in starts:
        _check_start(start, calendars, wrong)
    for said in draft.get("patience", {}).values():
        if not _whole(said.get("seconds"), SOONEST, LONGEST):
            wrong["patience"] = _("Patience lasts between a minute and two weeks.")
    return wrong


def _check_start(start, calendars, wrong):
    if start.get("on") not in STARTS or set(start.get("kinds", ())) - set(Kind.values):
        wrong["starts"] = _("There is no such beginning.")
    if set(start.get("conditions", {})) - set(CONDITIONS):
        wrong["starts"] = _("There is no such condition.")
    if start.get("calendar") is not None and start["calendar"] not in calendars:
        wrong["starts"] = _("That working calendar is not in use.")
    if start.get("on") in AFTER_A_WHILE and not _whole(start.get("after"), SOONEST, LONGEST):
        wrong["starts"] = _("Say after how long, between a minute and two weeks.")


def _check_rung(rung, calendars, wrong):
    whom = rung.get("whom", {})
    if whom.get("kind") not in WHOM:
        wrong["rungs"] = _("Say who stands behind each rung.")
    if not _whole(rung.get("after", 0), 0, LONGEST):
        wrong["rungs"] = _("Between two rungs lie at most two weeks.")
    if rung.get("calendar") is not None and rung["calendar"] not in calendars:
        wrong["rungs"] = _("That working calendar is not in use.")
    if not rung.get("by") or set(rung["by"]) - set(WAYS) or set(rung.get("does", ())) - set(DEEDS):
        wrong["rungs"] = _("Say how the people behind a rung are told.")
    if "webhook" in (*rung.get("by", ()), *rung.get("does", ())):
        trouble = address_trouble(rung.get("url", ""))
        if trouble:
            wrong["rungs"] = trouble
    if rung.get("repeat") is not None and not _whole(rung["repeat"], SOONEST, LONGEST):
        wrong["rungs"] = _("Telling again takes between a minute and two weeks.")


def address_trouble(url):
    """Why another system cannot be called at this address; nothing when it can be tried."""
    try:
        _scheme, host, _port, _path = parts_of(url)
    except Refused:
        return _("Write the other system’s address, beginning with https://.")
    if host in settings.PRIVATE_WEBHOOKS or _may_be_public(host):
        return ""
    return _("That address is in a private network. Who runs Ombud can allow it.")


def _may_be_public(host):
    """False for a private address that was written as a number; a name is judged when it is called."""
    try:
        return is_public(host)
    except ValueError:
        return host != "localhost"


def _whole(value, least, most):
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


@dataclass(frozen=True)
class Refusal:
    """Why a draft may not be switched on; `rung` is the number of the one concerned, None for the whole."""

    rung: int | None
    sentence: str

    def __str__(self):
        if self.rung is None:
            return self.sentence
        return _("Rung %(number)d: %(reason)s") % {"number": self.rung, "reason": self.sentence}


def refusals(draft, now):
    """Why a draft may not be switched on; none when it may. The draft has passed `check_draft`."""
    plan = read(draft)
    found = []
    if not plan.starts:
        found.append(Refusal(None, _("It begins at nothing: say when it is climbed.")))
    if any(start.on == "fits" and not start.conditions for start in plan.starts):
        found.append(Refusal(None, _("It would begin for every ticket: say for which.")))
    if not plan.rungs:
        return [*found, Refusal(None, _("It has no rungs."))]
    for number, rung in enumerate(plan.rungs, start=1):
        below = plan.rungs[number - 2] if number > 1 else None
        found += [Refusal(number, why) for why in _wrong_with(rung, below, now)]
    return found + [Refusal(len(plan.rungs), why) for why in _wrong_on_top(plan.rungs[-1])]


def _wrong_with(rung, below, now):
    if below and rung.after == 0:
        yield _("At the same moment as the one below, which leaves no time to accept.")
    nobody = _nobody(rung.whom, now)
    if nobody:
        yield nobody
    if below and _same(below, rung):
        yield _("It leads back to the same people: that is a loop, not a ladder.")


def _wrong_on_top(rung):
    if rung.whom.kind in OF_THE_TICKET:
        yield _("It is the last and depends on the ticket: there may be nobody. Put somebody above.")
    if rung.whom.kind == "duty":
        for hole in holes(Duty.objects.filter(team=rung.whom.of))[:1]:
            yield _(
                "It is the last, and nobody is on duty {hole}. Put somebody above, or fill the rota."
            ).format(hole=hole_words(hole))


def warnings(draft):
    """What may be meant so, on which rung: nobody is on duty at some hours, so that it is passed then."""
    found = []
    for number, rung in enumerate(read(draft).rungs[:-1], start=1):
        if rung.whom.kind == "duty":
            empty = holes(Duty.objects.filter(team=rung.whom.of))[:2]
            if empty:
                said = listed([hole_words(hole) for hole in empty])
                found.append(
                    Refusal(number, _("Nobody is on duty {holes}: it is passed then.").format(holes=said))
                )
    return found


def _same(low, high):
    return low.whom == high.whom and low.whom.kind not in ("turn", "duty")


def _nobody(whom, now):
    """Why nobody stands there, or nothing."""
    if whom.kind in OF_THE_TICKET:
        return ""  # it depends on the ticket, so it is passed when empty
    people = _ever(whom)
    if not people:
        return _("Nobody stands there.")
    away = _away_for_long(people, now)
    if len(away) == len(people):
        return _("Everybody there is on leave, and nobody was named to stand in.")
    return ""


def _ever(whom):
    """Ids of those who may at some time stand behind a rung."""
    working = Person.objects.working()
    if whom.kind == "person":
        found = working.filter(pk=whom.of)
    elif whom.kind == "role":
        found = working.filter(role=whom.of)
    elif whom.kind in ("team", "turn"):
        found = working.filter(teams=whom.of)
    elif whom.kind == "duty":
        found = working.filter(pk__in=Duty.objects.filter(team=whom.of).values("person_id"))
    else:  # leads of the ticket's team, whichever it is
        leads = Membership.objects.filter(is_lead=True, team__in=Team.objects.filter(archived_at=None))
        found = working.filter(pk__in=leads.values("person_id")) | working.filter(role=Role.LEAD)
    return set(found.values_list("pk", flat=True))


def _away_for_long(people, now):
    absences = Absence.objects.filter(
        person__in=people, starts_at__lte=now, ends_at__gt=now + ON_LEAVE, deputy=None
    )
    return set(absences.values_list("person_id", flat=True))
