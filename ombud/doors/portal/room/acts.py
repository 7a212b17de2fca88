"""What a guest can do, each with one verb; the answer is what they are told then."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.doors.portal import words
from ombud.lib import files
from ombud.spine.escalations import actions, theirs
from ombud.spine.escalations.models import Asking, Escalation, Reason, Solution
from ombud.spine.tickets.said import Enclosed

from . import people

REASONS = (  # what a customer may say, under names of its own, and how we file it
    ("hurts", Reason.IMPACT, gettext_lazy("It hurts us more than you may think")),
    ("slow", Reason.TOO_SLOW, gettext_lazy("It takes too long")),
    ("promised", Reason.NO_CALL, gettext_lazy("Something was promised, and did not come")),
    ("heard", Reason.UNHEARD, gettext_lazy("I do not feel heard")),
    ("knows", Reason.EXPERTISE, gettext_lazy("It needs somebody who knows it better")),
    ("treated", Reason.HANDLED_BADLY, gettext_lazy("I was not treated well")),
)


def accept(guest, customer, given):
    """It is good."""
    solution = _offered(guest)
    actions.accept(solution, customer=customer, words=given.get("words", ""), now=guest.now)
    if solution.kind == Solution.Kind.WORKAROUND:
        return _("Thank you. We still owe you the fix itself, by {time}.").format(
            time=words.moment(solution.fix_due_at, guest.now)
        )
    return _("Thank you. We are glad that it is solved.")


def decline(guest, customer, given):
    """It is not good yet."""
    said = given.get("words", "").strip()
    if not said:
        raise _missing(_("Say what is still missing, so that we do not guess."))
    actions.decline(_offered(guest), customer=customer, words=said, now=guest.now)
    return _hears(guest, _("Thank you for saying so. It is not finished for us either."))


def pulse(guest, customer, given):
    """How it is going, from 1 to 10."""
    if guest.escalation is None:
        raise ValidationError(_("This is not asked here."))
    score = given.get("score", "")
    if not score.isdecimal() or not 1 <= int(score) <= 10:
        raise ValidationError({"score": _("Choose a number from 1 to 10.")})
    said = actions.say_pulse(
        guest.escalation, customer, int(score), given.get("words", "")[:5000], now=guest.now
    )
    if said.is_bad:
        return _hears(guest, _("Thank you for saying it. Whoever answers for this was told at once."))
    return _("Thank you. That helps us to do it right.")


def higher(guest, customer, given):
    """They ask for an escalation, or for somebody higher."""
    reached = people.reach(guest)
    reasons = {name: reason for name, reason, _words in REASONS}
    actions.ask(
        guest.ticket,
        customer=customer,
        how=Asking.How.ROOM if guest.escalation else Asking.How.LINK,
        reason=reasons.get(given.get("reason"), ""),
        quote=given.get("words", "")[:5000],
        now=guest.now,
    )
    told = _("Thank you for saying it.")
    if reached.told:
        told += " " + _("Told at once: {people}.").format(people=reached.told)
    return _hears(guest, told)


def write(guest, customer, given, enclosed=()):
    """Another word of theirs, with files."""
    return _heard(guest, customer, given, "{words}", enclosed)


def correct(guest, customer, given):
    """What we understood is not right."""
    return _heard(guest, customer, given, _("About what you understood: {words}"))


def also(guest, customer, given):
    """Others are affected, too."""
    return _heard(guest, customer, given, _("This also affects: {words}"))


def _heard(guest, customer, given, frame, enclosed=()):
    said = given.get("words", "").strip()
    if not said:
        raise _missing(_("Write a few words."))
    kept = [_kept(file) for file in enclosed]
    actions.hear(guest.ticket, customer, frame.format(words=said), now=guest.now, attachments=kept)
    return _("Thank you. It is with everybody who works on this.")


def _kept(file):
    content = file.read()
    return Enclosed(file.name, file.content_type or "", len(content), files.keep(content))


def _hears(guest, told):
    """With the time by which they hear from us now."""
    found = guest.escalation or theirs.escalation_of(guest.ticket)
    due = found and Escalation.objects.values_list("next_update_at", flat=True).get(pk=found.pk)
    if due and due > guest.now:
        told += " " + _("You hear from us by {time}.").format(time=words.moment(due, guest.now))
    return told


def _offered(guest):
    solution = guest.escalation and theirs.offered_to(guest.escalation, guest.ticket)
    if solution is None:
        raise ValidationError(_("Nothing is offered to be judged at the moment."))
    return solution


def _missing(sentence):
    return ValidationError({"words": sentence})


DEEDS = {
    "accept": accept,
    "decline": decline,
    "pulse": pulse,
    "higher": higher,
    "write": write,
    "correct": correct,
    "also": also,
}
WITH_FILES = {"write"}
