"""The form, and the thanks for it."""

from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from ombud.doors.portal import kinds
from ombud.doors.portal.forms import ContactForm, refuse
from ombud.doors.portal.guard import open_to_all
from ombud.doors.portal.views.frame import page
from ombud.features.channels.queries import is_open
from ombud.features.channels.web_form.accept import accept
from ombud.spine.tickets.actions import set_severity

A_DAY = 24 * 3600


@open_to_all
def contact(request):
    """The form; what was sent is stored before anybody is thanked."""
    if not is_open("web_form"):
        return page(request, "closed", status=503)
    form = kinds.ask(ContactForm(request.POST or None, request.FILES or None), request)
    if request.method == "POST" and form.is_valid():
        try:
            ticket = _take_in(request, form)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            told = {"number": ticket and ticket.number, "email": form.cleaned_data["email"]}
            return redirect("portal:thanks", signing.dumps(told, compress=True))
    return page(request, "contact", form=form, status=422 if form.errors else 200)


def _take_in(request, form):
    given, now = form.cleaned_data, timezone.now()
    ticket = accept(
        name=given["name"],
        email=given["email"],
        subject=given["subject"],
        text=kinds.whole_text(form),
        attachments=[(file.name, file.content_type, file.read()) for file in given["files"]],
        language=get_language() or "",
        remote=request.META.get("REMOTE_ADDR", ""),
        trap=given["website"],
        key=given["key"],
        now=now,
    )
    if ticket and given["severity"] and ticket.severity != given["severity"]:
        set_severity(ticket, given["severity"], by=None, now=now)
    kinds.keep(form, ticket, now)
    return ticket


@open_to_all
def thanks(request, mark):
    """What we have, its number, and what happens next. The address is of use for a day."""
    try:
        told = signing.loads(mark, max_age=A_DAY)
    except signing.BadSignature:
        return redirect("portal:contact")
    return page(request, "thanks", **told)
