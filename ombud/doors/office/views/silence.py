"""What a customer's silence means, and whose word is enough."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.silence import SilenceForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, done, kept, page
from ombud.foundation.people.permissions import CUSTOMERS, ESCALATIONS, may
from ombud.foundation.people.queries import visible_accounts_to
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Silence, Solution
from ombud.spine.escalations.queries import visible_to


@asks()
def silence(request):
    """When a solution was offered and they say nothing."""
    may_edit = may(request.user, ESCALATIONS)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied(ESCALATIONS)
    form = SilenceForm.of(request.POST or None, Silence.ours())
    if kept(request, form, actions.set_silence, now=timezone.now()):
        return done(request, _("It is saved."), "office:silence")
    waiting = Solution.objects.waiting().filter(escalation__in=visible_to(request.user)).count()
    choices = [(value, str(label)) for value, label in Silence.Then.choices]
    return page(request, "silence", form=form, may_edit=may_edit, waiting=waiting, choices=choices)


@require_POST
@asks(CUSTOMERS)
def account_word(request, pk):
    """Whether an account's word is enough."""
    account = get_object_or_404(visible_accounts_to(request.user), pk=pk)
    enough = "enough" in request.POST
    words = _("Their word is enough from now on.") if enough else _("One of ours looks first from now on.")
    return act(
        request,
        actions.take_their_word,
        account,
        enough,
        by=request.user,
        now=timezone.now(),
        said=words,
        to="office:account",
        to_args=(pk,),
    )
