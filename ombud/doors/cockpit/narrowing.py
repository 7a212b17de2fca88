"""What the overview shows, as it stands in its address: by manager, severity, account, stage, or mine."""

from django.utils.translation import gettext as _

from ombud.spine.escalations.models import Stage
from ombud.spine.tickets.models import Level

KEYS = ("mine", "manager", "severity", "account", "stage")


def read(query):
    """The filters that stand in an address, without what is empty."""
    return {key: query[key].strip()[:40] for key in KEYS if query.get(key, "").strip()}


def keeps(escalation, filters, person):
    """Whether the filters keep it. A value that means nothing keeps none."""
    return all(_KEEPS[key](escalation, value, person) for key, value in filters.items())


_KEEPS = {
    "mine": lambda one, value, person: one.manager_id == person.pk,
    "manager": lambda one, value, person: str(one.manager_id or "none") == value,
    "severity": lambda one, value, person: one.severity == value,
    "account": lambda one, value, person: str(one.account_id) == value,
    "stage": lambda one, value, person: one.stage == value,
}


def choices(escalations):
    """What can be chosen: only managers and accounts that some escalation has."""
    managers = {one.manager_id: one.manager.name for one in escalations if one.manager_id}
    accounts = {one.account_id: one.account.name for one in escalations if one.account_id}
    return {
        "manager": [("", _("Anybody")), ("none", _("Nobody yet")), *_sorted(managers)],
        "severity": [("", _("Any")), *((key, str(words)) for key, words in reversed(Level.choices))],
        "account": [("", _("Any")), *_sorted(accounts)],
    }


def _sorted(names):
    return sorted(((str(pk), name) for pk, name in names.items()), key=lambda pair: pair[1].lower())


def words_of(filters, offered):
    """The chosen filters in words, but for "mine", which has a button of its own."""
    known = {key: {value: str(words) for value, words in pairs} for key, pairs in offered.items()}
    known["stage"] = {value: str(words) for value, words in Stage.choices}
    return [(key, known[key].get(value, value)) for key, value in filters.items() if key != "mine"]
