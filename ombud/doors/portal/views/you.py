"""What a customer sets for themselves: a password, and where they are signed in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.portal.forms import NewPasswordForm
from ombud.doors.portal.guard import signed_in
from ombud.doors.portal.views.frame import page
from ombud.foundation.visits import actions as visits
from ombud.foundation.visits.models import Password
from ombud.foundation.visits.queries import visits_of


@signed_in
def you(request):
    """The customer's own page."""
    customer, now = request.visit.customer, timezone.now()
    form = NewPasswordForm(request.POST if request.POST.get("do") == "set" else None)
    if request.method == "POST" and (request.POST.get("do") == "drop" or form.is_valid()):
        chosen = form.cleaned_data["password"] if form.is_bound else ""
        try:
            visits.set_password(customer, chosen, keep=request.visit, now=now)
        except ValidationError as refused:
            form.add_error("password", refused)
        else:
            words = _("Your password is set.") if chosen else _("Your password is gone.")
            messages.success(request, words)
            return redirect("portal:you")
    return page(
        request,
        "you",
        form=form,
        has_password=Password.objects.filter(customer=customer).exists(),
        visits=visits_of(customer, now).count(),
        status=422 if form.errors else 200,
    )
