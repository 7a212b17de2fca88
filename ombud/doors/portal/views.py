"""The form, and the thanks for it."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from ombud.features.channels.queries import is_open
from ombud.features.channels.web_form.accept import accept
from ombud.foundation.people.models import Company
from ombud.foundation.post.queries import default_mailbox
from ombud.spine.tickets.actions import set_severity

from .forms import ContactForm

A_DAY = 24 * 3600


@never_cache
def contact(request):
    """The form; what was sent is stored before anybody is thanked."""
    if not is_open("web_form"):
        return _page(request, "closed", status=503)
    form = ContactForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            ticket = _take_in(request, form.cleaned_data)
        except ValidationError as refused:
            _refuse(form, refused)
        else:
            told = {"number": ticket and ticket.number, "email": form.cleaned_data["email"]}
            return redirect("portal:thanks", signing.dumps(told, compress=True))
    return _page(request, "contact", form=form, status=422 if form.errors else 200)


def _take_in(request, given):
    now = timezone.now()
    ticket = accept(
        name=given["name"],
        email=given["email"],
        subject=given["subject"],
        text=given["text"],
        attachments=[(file.name, file.content_type, file.read()) for file in given["files"]],
        language=get_language() or "",
        remote=request.META.get("REMOTE_ADDR", ""),
        trap=given["website"],
        key=given["key"],
        now=now,
    )
    if ticket and given["severity"] and ticket.severity != given["severity"]:
        set_severity(ticket, given["severity"], by=None, now=now)
    return ticket


def _refuse(form, refused):
    if hasattr(refused, "error_dict"):
        for field, errors in refused.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, refused)


@never_cache
def thanks(request, mark):
    """What we have, its number, and what happens next. The address is of use for a day."""
    try:
        told = signing.loads(mark, max_age=A_DAY)
    except signing.BadSignature:
        return redirect("portal:contact")
    return _page(request, "thanks", **told)


def _page(request, name, *, status=200, **context):
    context |= {"company": Company.ours(), "mailbox": default_mailbox()}
    return render(request, f"portal/{name}.html", context, status=status)
