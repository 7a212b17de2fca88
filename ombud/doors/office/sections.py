"""The side navigation of the settings: only what the reader may open."""

from typing import NamedTuple

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.permissions import ADMINISTER, PEOPLE, SEE_ALL, SHARE, may

CHANNELS = "ombud.features.channels"
SURVEYS = "ombud.features.surveys"
QUIET_STATUS = "ombud.features.quiet_status"


class Section(NamedTuple):
    """A page of the settings; `pages` are the URL names on which it is the current one.

    `needs` names a feature that a desk can do without.
    """

    page: str
    icon: str
    label: str
    verb: str | None = None
    pages: tuple = ()
    needs: str | None = None


SECTIONS = (
    (
        _("Yours"),
        (
            Section("me", "user-round", _("My settings")),
            Section("notice_ways", "bell", _("Notices")),
            Section("status_wishes", "circle-help", _("Status requests"), needs=QUIET_STATUS),
        ),
    ),
    (
        _("The desk"),
        (
            Section("company", "building-2", _("Company"), ADMINISTER),
            Section("brands", "palette", _("Brands"), ADMINISTER, ("brand", "brand_new")),
            Section("people", "users-round", _("People"), PEOPLE, ("person", "person_new", "roles")),
            Section("teams", "network", _("Teams"), PEOPLE, ("team", "team_new")),
            Section("calendars", "calendar-clock", _("Working hours"), None, ("calendar", "calendar_new")),
            Section(
                "policies",
                "timer",
                _("SLA policies"),
                None,
                ("policy", "policy_new", "policy_which", "policy_compare"),
            ),
            Section("routing", "workflow", _("Who gets escalations")),
            Section("silence", "hourglass", _("Customers’ silence")),
            Section("ladders", "ladder", _("Ladders"), None, ("ladder", "ladder_new", "ladder_versions")),
            Section("rotas", "users-round", _("Rotas"), None, ("rota",)),
            Section(
                "surveys",
                "message-square-quote",
                _("Surveys"),
                SEE_ALL,
                ("survey", "survey_new", "survey_results"),
                SURVEYS,
            ),
            Section("mailboxes", "mailbox", _("Mailboxes"), ADMINISTER, ("mailbox", "mailbox_new")),
            Section("channels", "plug", _("Channels"), ADMINISTER, needs=CHANNELS),
        ),
    ),
    (
        _("Words and order"),
        (
            Section("tags", "tags", _("Tags"), SHARE, ("tag",)),
            Section("replies", "zap", _("Quick replies"), None, ("reply", "reply_new")),
            Section(
                "request_kinds",
                "clipboard-list",
                _("Request forms"),
                SHARE,
                ("request_kind", "request_kind_new"),
                "ombud.features.request_forms",
            ),
            Section("views", "list-filter", _("Saved views")),
            Section("matrix", "table-2", _("Priority matrix")),
        ),
    ),
    (
        _("The post"),
        (
            Section("aside", "mail-warning", _("Mail put aside"), ADMINISTER, ("aside_one",), CHANNELS),
            Section("outbox", "send", _("Outbox"), ADMINISTER, ("letter",)),
        ),
    ),
    (
        _("The house"),
        (
            Section("tokens", "key-round", _("API tokens"), ADMINISTER),
            Section("log", "history", _("The log"), ADMINISTER),
            Section("demo", "book-open", _("Demo story"), ADMINISTER),
            Section("about", "info", _("About")),
        ),
    ),
)


def sections(request):
    """The side navigation as ui/sheet.html reads it."""
    here = request.resolver_match.url_name
    parts = []
    for heading, entries in SECTIONS:
        links = [
            {
                "href": reverse(f"office:{entry.page}"),
                "label": entry.label,
                "icon": entry.icon,
                "current": here == entry.page or here in entry.pages,
            }
            for entry in entries
            if _is_open(entry, request.user)
        ]
        if links:
            parts.append({"heading": heading, "links": links})
    return parts


def _is_open(entry, person):
    is_there = entry.needs is None or apps.is_installed(entry.needs)
    return is_there and (entry.verb is None or may(person, entry.verb))
