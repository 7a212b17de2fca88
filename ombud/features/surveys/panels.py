"""What stands of surveys on the page of a ticket and of an escalation, and in their timelines."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import CHANGE, may
from ombud.ui.panels import ABOUT, Panel, only_where

from . import queries
from .models import Ask
from .scales import SCALES

WHY_NOT = {
    "archived": lambda: _("the survey is out of use"),
    "no_address": lambda: _("we have no mail address"),
    "blocked": lambda: _("the customer is blocked"),
    "ours": lambda: _("the address is ours"),
    "bounced": lambda: _("mail to them came back"),
    "merged": lambda: _("it was merged with another ticket"),
    "reopened": lambda: _("it was opened again"),
    "moved": lambda: _("it belongs to another customer"),
    "spam": lambda: _("it is spam"),
    "machine": lambda: _("only a machine wrote"),
    "together": lambda: _("they are asked once for all"),
    "lately": lambda: _("they were asked something lately"),
}


@only_where(lambda: queries.asked_on(ABOUT))
def on_ticket(ticket, person, now):
    """What its customer was asked about it, and what they answered."""
    return _panel(queries.asked_about(ticket), person, now)


@only_where(lambda: queries.asked_on_escalation(ABOUT))
def on_escalation(escalation, person, now):
    """The same for an escalation and its tickets."""
    return _panel(queries.asked_about_escalation(escalation), person, now)


def _panel(asks, person, now):
    asks = list(asks[:10])
    if not asks:
        return None
    shown = [{"ask": ask, "said": _said(ask), "revoke": _revoke(ask, person)} for ask in asks]
    shown = [one for one in shown if one["said"]]
    return Panel("surveys/panel.html", {"asks": shown, "now": now}) if shown else None


def _said(ask):
    """What became of an ask, as a state and words; of an anonymous one never whether it was answered."""
    survey = ask.survey
    if ask.state == Ask.State.WAITING:
        if ask.held_at:
            return "held", _("waits until the escalation is over")
        return "waiting", _("is asked")
    if ask.state == Ask.State.CALLED_OFF:
        return "called_off", _("not asked: %(why)s") % {"why": WHY_NOT.get(ask.why, lambda: ask.why)()}
    if ask.state == Ask.State.REVOKED:
        return "revoked", _("taken back")
    if survey.anonymous:
        return "anonymous", _("asked, anonymously")
    if ask.state == Ask.State.ANSWERED:
        return "answered", ""
    return "sent", _("asked, no answer yet")


def _revoke(ask, person):
    """The address that takes the question back, for those who may."""
    if ask.state not in (Ask.State.WAITING, Ask.State.SENT) or not may(person, CHANGE):
        return ""
    try:
        return reverse(settings.SURVEY_REVOKE_PAGE, args=[ask.pk])
    except NoReverseMatch:
        return ""


def timeline_lines():
    """What the log's events about answers say in a timeline."""
    return {
        "survey.asked": ("message-square-quote", lambda data: _("Asked how it was")),
        "survey.reminded": ("message-square-quote", lambda data: _("Reminded of the question how it was")),
        "survey.answered": ("message-square-quote", _answered),
        "survey.answer_changed": ("message-square-quote", _changed),
        "survey.revoked": ("message-square-quote", lambda data: _("The question how it was is taken back")),
    }


def _answered(data):
    highest = SCALES[data["kind"]].highest
    return _("The customer answered: %(score)s of %(highest)s") % {"score": data["score"], "highest": highest}


def _changed(data):
    words = _("The customer changed their answer: %(score)s of %(highest)s, before %(old)s")
    return words % {"score": data["score"], "highest": SCALES[data["kind"]].highest, "old": data["old"]}
