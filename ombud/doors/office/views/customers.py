"""Customers: the list, one of them, changing, blocking."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.customers import CustomerForm, SearchForm
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import page_by_name
from ombud.doors.office.pages import act, desk_page, done, kept
from ombud.foundation.events.models import Event
from ombud.foundation.people import actions
from ombud.foundation.people.models import Account, CustomerAddress
from ombud.foundation.people.permissions import CUSTOMERS, may
from ombud.foundation.people.queries import visible_accounts_to, visible_customers_to
from ombud.spine.tickets.queries import visible_to

from .telling import told

MOST = 20  # tickets and events on a customer's page; the inbox has them all


@asks()
def customers(request):
    """Fifty on a page, by name; found by name or address, narrowed by tier and account."""
    search = SearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {"q": "", "tier": "", "account": None, "after": ""}
    rows = visible_customers_to(request.user).select_related("account")
    if asked["q"]:
        rows = rows.filter(_called(asked["q"]))
    if asked["tier"]:
        rows = rows.filter(account__tier=asked["tier"])
    if asked["account"]:
        rows = rows.filter(account=asked["account"])
    found, after = page_by_name(rows, asked["after"])
    return desk_page(
        request,
        "customers",
        customers=found,
        after=after,
        asked=asked,
        tiers=[(tier.value, str(tier.label)) for tier in Account.Tier],
        account=visible_accounts_to(request.user).filter(pk=asked["account"]).first()
        if asked["account"]
        else None,
        may_edit=may(request.user, CUSTOMERS),
    )


def _called(words):
    """A name that contains the words, or an address that begins with them."""
    addressed = Q(pk__in=CustomerAddress.objects.filter(address__startswith=words.lower()).values("customer"))
    return addressed if "@" in words else addressed | Q(name__icontains=words)


@asks(CUSTOMERS)
def customer_new(request):
    form = CustomerForm(request.POST or None)
    if kept(request, form, actions.enter_customer, now=timezone.now()):
        return done(
            request, _("%(name)s is entered.") % {"name": form.outcome}, "office:customer", form.outcome.pk
        )
    return desk_page(request, "customer_new", form=form)


@asks()
def customer(request, pk):
    """A customer's page; posting changes what we know."""
    found = get_object_or_404(visible_customers_to(request.user).select_related("account", "case"), pk=pk)
    form = CustomerForm(request.POST or None, customer=found)
    if request.method == "POST":
        if not may(request.user, CUSTOMERS):
            return redirect("office:customer", pk)
        if kept(request, form, actions.change_customer, found, now=timezone.now()):
            return done(request, _("%(name)s is saved.") % {"name": found}, "office:customer", pk)
        found.refresh_from_db()
    tickets = (
        visible_to(request.user)
        .filter(customer=found)
        .select_related("assignee")
        .order_by("-last_message_at")
    )
    events = Event.objects.filter(case=found.case_id).select_related("actor", "token").order_by("-pk")
    return desk_page(
        request,
        "customer",
        customer=found,
        form=form,
        addresses=[a.address for a in found.addresses.all() if a.address != found.email],
        seats=found.account.seats.select_related("person") if found.account else (),
        tickets=list(tickets[:MOST]),
        ticket_count=tickets.count(),
        happenings=told(list(events[:MOST])),
        may_edit=may(request.user, CUSTOMERS),
    )


@require_POST
@asks(CUSTOMERS)
def customer_block(request, pk):
    """Take in no more mail from somebody, or again."""
    found = get_object_or_404(visible_customers_to(request.user), pk=pk)
    if found.blocked_at:
        verb, words = actions.unblock, _("Mail from %(name)s is taken in again.")
    else:
        verb, words = actions.block, _("Mail from %(name)s is put aside from now on.")
    said = words % {"name": found}
    return act(
        request,
        verb,
        found,
        by=request.user,
        now=timezone.now(),
        said=said,
        to="office:customer",
        to_args=(pk,),
    )
