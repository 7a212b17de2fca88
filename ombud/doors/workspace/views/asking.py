"""What the page asks while somebody types: suggestions, the palette; and the search page."""

from django.db.models import Q
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.doors.workspace import composing, conversation, filters, inbox, snippets
from ombud.doors.workspace.answers import desk_page
from ombud.doors.workspace.links import url_or_none
from ombud.foundation.people.models import Customer, Person, Team
from ombud.foundation.people.permissions import ANSWER, CHANGE, LOG, NOTE, SEE_ALL, SHARE, may
from ombud.lib.live import make_token
from ombud.spine.tickets import queries, quick
from ombud.spine.tickets.models import Status, Tag
from ombud.spine.tickets.search import search as find_words
from ombud.ui.page import url

FEW = 8
FOUND = 60


@desk_page
def search(request):
    """Tickets, customers and subjects with these words."""
    typed = request.GET.get("q", "").strip()[:200]
    chosen = filters.read(request.GET)
    visible = queries.visible_to(request.user)
    tickets = find_words(filters.keep(visible, chosen, request.user), typed, FOUND) if typed else []
    context = {
        "now": timezone.now(),
        "typed": typed,
        "chosen": chosen,
        "choices": filters.choices(request.user, languages()),
        "found": snippets.of(tickets, typed),
        "full": len(tickets) == FOUND,
        "customers": list(_customers(request.user, typed)[:FEW]) if typed else [],
        "customer_url": lambda customer: url_or_none("office:customer", customer.pk),
        "icon_of": filters.icon_of,
        "status_words": dict(Status.choices),
    }
    return render(request, "workspace/search.html", context, using="jinja2")


@desk_page
def filter_form(request, view):
    """The form that narrows a list."""
    chosen = filters.read(request.GET)
    context = {"view_key": view, "chosen": chosen, "choices": filters.choices(request.user, languages())}
    context["may_share"] = may(request.user, SHARE)
    return render(request, "workspace/filter.html", context, using="jinja2")


def languages():
    """The languages in which tickets come, with their names."""
    codes = ("en", "es", "fr", "zh-hans", "de", "it", "pt", "nl", "pl", "ja")
    return [(code, conversation.language_name(code)) for code in codes]


TITLES = {
    "assign": gettext_lazy("Who has it"),
    "tag": gettext_lazy("Tags"),
    "merge": gettext_lazy("Merge into another ticket"),
    "link": gettext_lazy("Link with another ticket"),
    "split": gettext_lazy("Split messages off into a ticket of their own"),
    "customer": gettext_lazy("Give it to another customer"),
}


@desk_page
def ask(request, number, what):
    """A dialog about one ticket."""
    ticket = conversation.find(request.user, number)
    said = queries.thread(ticket) if what == "split" else ()
    tags = [(name, name) for name in ticket.tags.values_list("name", flat=True)]
    has = [(ticket.assignee_id, ticket.assignee.name)] if ticket.assignee else []
    context = {"ticket": ticket, "tags": tags, "said": said, "has": has, "team": ticket.team_id}
    return _dialog(request, what, lambda deed: reverse("workspace:change", args=[number, deed]), context)


@desk_page
def ask_many(request, what):
    """The same about all that were chosen."""
    context = {"many": True, "tags": [], "has": []}
    return _dialog(request, what, lambda deed: reverse("workspace:change_many", args=[deed]), context)


def _dialog(request, what, to, context):
    if what not in TITLES or (context.get("many") and what not in ("assign", "tag")):
        raise Http404
    people = sorted((p for p in Person.objects.working() if may(p, ANSWER)), key=lambda p: p.name)
    teams = Team.objects.filter(archived_at=None).values_list("pk", "name")
    context |= {
        "what": what,
        "title": TITLES[what],
        "to": to,
        "people": [(p.pk, p.name) for p in people],
        "teams": [("", _("No team")), *teams],
        "speaker": conversation.speaker,
    }
    return render(request, "workspace/dialogs.html", context, using="jinja2")


@desk_page
def palette(request):
    """What the palette finds by name: actions, views, tickets and customers."""
    typed, person = request.GET.get("q", "").strip()[:100], request.user
    visible = queries.visible_to(person)
    groups = [
        {"label": _("Do"), "items": _named(typed, _deeds(person))},
        {"label": _("Views"), "items": _named(typed, _views(person))},
        {"label": _("Tickets"), "items": [_ticket(t) for t in find_words(visible, typed, FEW)]},
        {"label": _("Customers"), "items": [_customer(c) for c in _customers(person, typed)[:5]]},
    ]
    return JsonResponse({"groups": [group for group in groups if group["items"]]})


def _deeds(person):
    deeds = [
        (LOG, _("Log a complaint"), reverse("workspace:log"), "phone-incoming"),
        (LOG, _("Write to a customer"), reverse("workspace:new"), "square-pen"),
        (NOTE, _("Notices"), reverse("workspace:notices"), "bell"),
        (NOTE, _("Search"), reverse("workspace:search"), "search"),
    ]
    return [
        {"label": label, "href": href, "icon": icon} for verb, label, href, icon in deeds if may(person, verb)
    ]


def _views(person):
    views = [*inbox.VIEWS.values(), *(inbox.of_saved(saved) for saved in inbox.saved_views(person))]
    return [
        {"label": str(view.label), "href": reverse("workspace:view", args=[view.key]), "icon": view.icon}
        for view in views
    ]


def _named(typed, items):
    return [item for item in items if typed.casefold() in item["label"].casefold()]


def _ticket(ticket):
    return {
        "label": f"#{ticket.number} · {ticket.subject}",
        "about": ticket.account.name if ticket.account else str(ticket.customer),
        "href": reverse("workspace:ticket", args=[ticket.number]),
        "icon": filters.icon_of(ticket.channel),
    }


def _customer(customer):
    href = url_or_none("office:customer", customer.pk)
    return {
        "label": str(customer),
        "about": customer.account.name if customer.account else customer.email,
        "href": href or url("workspace:search", query={"q": customer.email or customer.name}),
        "icon": "circle-user-round",
    }


def _customers(person, typed):
    """By name, address or company; whoever does not see every ticket finds only their own accounts'."""
    known = Customer.objects.select_related("account").order_by("name")
    if not may(person, SEE_ALL):
        known = known.filter(account__in=person.seats.values("account_id"))
    for word in typed.split()[:5]:
        known = known.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(account__name__icontains=word)
        )
    return known if typed.strip() else known.none()


@desk_page
def people(request, number):
    """People of ours for a mention; who cannot see the ticket yet is named with that warning."""
    ticket = queries.by_number(request.user, number)
    typed = request.GET.get("q", "").strip()
    found = Person.objects.working().exclude(pk=request.user.pk)
    if typed:
        found = found.filter(name__icontains=typed)
    items = []
    for person in found[:FEW]:
        seen = composing.sees(person, ticket)
        about = person.get_role_display() if seen else _("does not see this ticket yet")
        items.append({"value": person.pk, "label": person.name, "about": about, "side": "inside"})
    return JsonResponse({"items": items})


@desk_page
def addresses(request, number):
    """Mail addresses for To, Cc and Bcc: this thread's and its account's people first."""
    ticket = queries.by_number(request.user, number)
    typed = request.GET.get("q", "").strip()
    near = Customer.objects.exclude(email="").filter(account=ticket.account_id) if ticket.account_id else []
    found = {c.email: c for c in near if typed.casefold() in f"{c.name} {c.email}".casefold()}
    found |= {c.email: c for c in _customers(request.user, typed).exclude(email="")[:FEW]}
    items = [
        {
            "value": composing.shown([c.name, c.email]),
            "label": c.name or c.email,
            "about": c.email,
            "side": "outside",
        }
        for c in list(found.values())[:FEW]
    ]
    return JsonResponse({"items": items})


@desk_page
def customers(request):
    """Customers for a form."""
    items = [
        {
            "value": c.pk,
            "label": str(c),
            "about": " · ".join(filter(None, (c.email, c.account and c.account.name))),
        }
        for c in _customers(request.user, request.GET.get("q", ""))[:FEW]
    ]
    return JsonResponse({"items": items})


@desk_page
def tickets(request):
    """Tickets for merging and linking."""
    typed, but = request.GET.get("q", "").strip(), request.GET.get("but", "")
    found = find_words(queries.visible_to(request.user), typed, FEW) if typed else []
    items = [
        {"value": t.number, "label": f"#{t.number} · {t.subject}", "about": str(t.customer)}
        for t in found
        if str(t.number) != but
    ]
    return JsonResponse({"items": items})


@desk_page
def tags(request):
    """Tags by name; a new word becomes a tag."""
    typed = request.GET.get("q", "").strip().lower()
    if not may(request.user, CHANGE):
        return JsonResponse({"items": []})
    names = Tag.objects.filter(archived_at=None, name__icontains=typed).values_list("name", flat=True)[:FEW]
    return JsonResponse({"items": [{"value": name, "label": name} for name in names]})


@desk_page
def quick_replies(request, number):
    """Quick replies by name, those in the ticket's language first, with their placeholders filled in."""
    ticket = conversation.find(request.user, number)
    typed = request.GET.get("q", "").strip()
    known = quick.replies_for(request.user).filter(name__icontains=typed)
    wanted = ticket.language or ticket.customer.language
    found = sorted(known[:40], key=lambda reply: (reply.language != wanted, bool(reply.language), reply.name))
    items = [
        {
            "value": reply.pk,
            "label": reply.name,
            "about": conversation.language_name(reply.language),
            "html": quick.fill(reply, ticket, request.user),
        }
        for reply in found[:FEW]
    ]
    return JsonResponse({"items": items})


@desk_page
def live_token(request):
    """Where this person's live stream is, for some minutes."""
    return JsonResponse({"url": f"/live/?token={make_token(request.user.pk)}"})
