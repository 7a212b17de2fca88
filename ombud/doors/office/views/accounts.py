"""Accounts: the list, one of them, and who of ours looks after it."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.office.forms.customers import AccountForm, SearchForm
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import page_by_name
from ombud.doors.office.pages import desk_page, done, kept
from ombud.foundation.events.models import Event
from ombud.foundation.people import actions
from ombud.foundation.people.models import Account, Company
from ombud.foundation.people.permissions import CUSTOMERS, may
from ombud.foundation.people.queries import visible_accounts_to
from ombud.spine.escalations.models import RaisedAtOnce
from ombud.spine.tickets.queries import undone, visible_to

from .telling import told

MOST = 20


@asks()
def accounts(request):
    """Fifty on a page, by name; narrowed by tier."""
    search = SearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {"q": "", "tier": "", "after": ""}
    rows = Account.objects.filter(pk__in=visible_accounts_to(request.user).order_by().values("pk"))
    if asked["q"]:
        rows = rows.filter(name__icontains=asked["q"])
    if asked["tier"]:
        rows = rows.filter(tier=asked["tier"])
    found, after = page_by_name(rows, asked["after"])
    counts = Account.objects.filter(pk__in=[account.pk for account in found]).annotate(
        many=Count("customers")
    )
    return desk_page(
        request,
        "accounts",
        accounts=found,
        contacts=dict(counts.values_list("pk", "many")),
        after=after,
        asked=asked,
        tiers=[(tier.value, str(tier.label)) for tier in Account.Tier],
        may_edit=may(request.user, CUSTOMERS),
    )


@asks(CUSTOMERS)
def account_new(request):
    form = AccountForm(request.POST or None, currency=Company.ours().currency)
    if kept(request, form, actions.keep_account, now=timezone.now()):
        return done(
            request, _("%(name)s is entered.") % {"name": form.outcome}, "office:account", form.outcome.pk
        )
    return desk_page(request, "account_new", form=form)


@asks()
def account(request, pk):
    """An account's page; posting changes it."""
    found = get_object_or_404(visible_accounts_to(request.user).select_related("case"), pk=pk)
    form = AccountForm(request.POST or None, account=found)
    if request.method == "POST":
        if not may(request.user, CUSTOMERS):
            return redirect("office:account", pk)
        if kept(request, form, actions.keep_account, account=found, now=timezone.now()):
            return done(request, _("%(name)s is saved.") % {"name": found}, "office:account", pk)
        found.refresh_from_db()
    tickets = visible_to(request.user).filter(account=found).select_related("customer", "assignee")
    contacts = found.customers.order_by("-confirmed", "name")
    events = Event.objects.filter(case=found.case_id).select_related("actor", "token").order_by("-pk")
    return desk_page(
        request,
        "account",
        account=found,
        form=form,
        domains=[domain.domain for domain in found.domains.all()],
        seats=found.seats.select_related("person"),
        tickets=list(tickets.order_by("-last_message_at")[:MOST]),
        ticket_count=tickets.count(),
        undone_count=undone(tickets).count(),
        contacts=list(contacts[:MOST]),
        contact_count=contacts.count(),
        happenings=told(list(events[:MOST])),
        may_edit=may(request.user, CUSTOMERS),
        word_is_enough=RaisedAtOnce.objects.filter(account=found).exists(),
    )
