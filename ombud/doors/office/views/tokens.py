"""Access for machines."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.desk import TokenForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import act, kept, page
from ombud.foundation.people import actions
from ombud.foundation.people.models import Token
from ombud.foundation.people.permissions import ADMINISTER


@never_cache
@asks(ADMINISTER)
def tokens(request):
    """All tokens; a new one's secret is on the page that made it, and never again."""
    form, secret = TokenForm(request.POST or None), ""
    if kept(request, form, actions.make_token, now=timezone.now()):
        _token, secret = form.outcome
        form = TokenForm()
    every = Token.objects.select_related("person").order_by("-pk")
    return page(
        request,
        "tokens",
        form=form,
        secret=secret,
        tokens=[token for token in every if not token.revoked_at],
        revoked=[token for token in every if token.revoked_at],
    )


@require_POST
@asks(ADMINISTER)
def token_revoke(request, pk):
    found = get_object_or_404(Token, pk=pk, revoked_at=None)
    words = _("“%(name)s” has no access any more.") % {"name": found.name}
    return act(
        request,
        actions.revoke_token,
        found,
        by=request.user,
        now=timezone.now(),
        said=words,
        to="office:tokens",
    )
