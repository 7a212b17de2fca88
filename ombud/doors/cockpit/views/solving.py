"""Deeds on what ends it: proposing, signing off, writing down the answer, settling the fix that is owed."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit.answers import deed, done, page_of
from ombud.doors.cockpit.asked import chosen_time
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Solution


@deed
def propose(request, escalation):
    """A fix or a workaround, in words for the customer; nobody outside sees it yet."""
    now, kind = timezone.now(), request.POST.get("kind", "")
    if kind not in Solution.Kind.values:
        raise ValidationError(_("Say whether it is a fix or a workaround."))
    due = chosen_time(request, "fix_due", now)
    words = request.POST.get("words", "")
    actions.propose(escalation, kind, words, fix_due_at=due, by=request.user, now=now)
    return done(request, _("Proposed. It waits for a sign-off."), back=page_of(escalation))


@deed
def sign_off(request, escalation, solution):
    """Good enough: it goes to the customer."""
    found = _found(escalation, solution)
    actions.sign_off(found, by=request.user, now=timezone.now())
    left = escalation.updates.last().messages.filter(letter__isnull=False).exists()
    undo = reverse("cockpit:take_back", args=[escalation.number]) if left else None
    return done(request, _("The offer leaves in a few seconds."), back=page_of(escalation), undo=undo)


@deed
def withdraw(request, escalation, solution):
    """It is none."""
    why = request.POST.get("why", "")
    actions.withdraw(_found(escalation, solution), why, by=request.user, now=timezone.now())
    return done(request, _("Withdrawn."), back=page_of(escalation))


@deed
def answer(request, escalation, solution):
    """What the customer said, written down by one of ours, and how they said it."""
    verbs = {"accepted": actions.accept, "declined": actions.decline}
    said = request.POST.get("answer", "")
    if said not in verbs:
        raise ValidationError(_("Say whether they accept it."))
    customer = _who(request, escalation)
    found, words = _found(escalation, solution), request.POST.get("words", "")
    verbs[said](found, customer=customer, words=words, by=request.user, now=timezone.now())
    return done(request, _("Their answer is written down."), back=page_of(escalation))


@deed
def settle_fix(request, escalation, solution):
    """The fix that was owed came, or they do not want it any more."""
    why = request.POST.get("why", "")
    if "unwanted" in request.POST and not why.strip():
        raise ValidationError(_("Say why the fix is not owed any more."))
    why = why if "unwanted" in request.POST else ""
    actions.settle_fix(_found(escalation, solution), why, by=request.user, now=timezone.now())
    words = _("The fix is not owed any more.") if why else _("The fix came. Tell the customer.")
    return done(request, words, back=page_of(escalation))


def _found(escalation, pk):
    try:
        return escalation.solutions.get(pk=pk)
    except Solution.DoesNotExist:
        raise Http404(_("There is no such solution here.")) from None


def _who(request, escalation):
    """Which of the customer's people said it."""
    asked = request.POST.get("who", "")
    contact = escalation.contacts.filter(customer=int(asked)).first() if asked.isdigit() else None
    return contact.customer if contact else escalation.customer
