"""Beginning a ticket ourselves: logging a complaint on a customer's behalf, and writing first."""

from django.shortcuts import redirect, render
from django.utils import timezone

from ombud.doors.workspace.answers import desk_page, page_of
from ombud.doors.workspace.forms import FirstForm, LogForm
from ombud.foundation.people.actions import meet
from ombud.foundation.people.models import Customer
from ombud.foundation.people.permissions import ANSWER, LOG, require
from ombud.spine.tickets import actions
from ombud.spine.tickets.said import Said


@desk_page
def log(request):
    """Anyone of ours can log a complaint, with who heard it and where (M3)."""
    require(request.user, LOG)
    form = LogForm(request.POST or None, by=request.user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        customer = _customer(said, request.user, now)
        ticket = actions.open_ticket(
            Said(text=said["words"], subject=said["subject"], from_name=customer.name),
            customer=customer,
            channel=said["channel"],
            now=now,
            by=request.user,
            severity=said["severity"],
            urgency=said["urgency"],
            heard_by=said["heard_by"],
            heard_where=said["heard_where"],
        )
        return redirect(page_of(ticket))
    return render(
        request,
        "workspace/log.html",
        {"form": form, "known": _known(form)},
        using="jinja2",
        status=_status(form),
    )


@desk_page
def new(request):
    """Write to a customer first."""
    require(request.user, ANSWER)
    form = FirstForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        said, now = form.cleaned_data, timezone.now()
        ticket = actions.begin(
            customer=_customer(said, request.user, now),
            mailbox=said["mailbox"],
            subject=said["subject"],
            text=said["words"],
            by=request.user,
            now=now,
        )
        return redirect(page_of(ticket))
    return render(
        request,
        "workspace/new.html",
        {"form": form, "known": _known(form)},
        using="jinja2",
        status=_status(form),
    )


def _customer(said, by, now):
    if said["customer"]:
        return said["customer"]
    phone = {"phone": said["phone"]} if said["phone"] else {}
    return meet(email=said["email"], name=said["name"], now=now, by=by, **phone)


def _known(form):
    """The customer that was chosen before, as the field shows one."""
    asked = str(form["customer"].value() or "")
    customer = Customer.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    return [(customer.pk, str(customer))] if customer else []


def _status(form):
    return 422 if form.is_bound else 200
