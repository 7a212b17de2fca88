"""What a customer writes: another word in a request, or a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.portal import kinds
from ombud.doors.portal.forms import NewRequestForm, ReplyForm, refuse
from ombud.doors.portal.guard import signed_in
from ombud.doors.portal.views.frame import mailbox_of, page
from ombud.doors.portal.views.requests import called, shown
from ombud.features.channels.portal.accept import accept


@require_POST
@signed_in
def reply(request, number):
    """Another word; what was solved is open again by it."""
    ticket = called(request, number)
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            message = _accept(request, form, ticket=ticket, mailbox=ticket.mailbox)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            _thank(request, message)
            return redirect("portal:request", ticket.number)
    return shown(request, ticket, form, status=422)


@signed_in
def new(request):
    """A new request; what was written is stored before anybody is thanked."""
    form = kinds.ask(NewRequestForm(request.POST or None, request.FILES or None), request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            message = _accept(
                request,
                form,
                subject=given["subject"],
                severity=given["severity"],
                mailbox=mailbox_of(request.brand),
                text=kinds.whole_text(form),
            )
            kinds.keep(form, message and message.ticket, timezone.now())
        except ValidationError as refused:
            refuse(form, refused)
        else:
            _thank(request, message)
            return (
                redirect("portal:request", message.ticket.number) if message else redirect("portal:requests")
            )
    return page(request, "new", form=form, status=422 if form.errors else 200)


def _accept(request, form, **more):
    given = form.cleaned_data
    return accept(
        request.visit.customer,
        attachments=[(file.name, file.content_type, file.read()) for file in given["files"]],
        key=given["key"],
        remote=request.META.get("REMOTE_ADDR", ""),
        now=timezone.now(),
        **{"text": given["text"], **more},
    )


def _thank(request, message):
    if message:
        messages.success(request, _("We have it. Thank you."))
    else:
        messages.success(request, _("Your message is stored safely. We look at it before it appears here."))
