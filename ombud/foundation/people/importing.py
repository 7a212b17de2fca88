"""A customer list from a spreadsheet (CSV): understood line by line, then taken in, as often as one likes."""

import csv
import io
import zoneinfo
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.ui.values import comma

from . import actions, queries
from .models import Account

COLUMNS = ("name", "email", "account", "domain", "tier", "phone", "title", "language", "time_zone", "notes")
ALSO_CALLED = {
    "e-mail": "email",
    "mail": "email",
    "email address": "email",
    "address": "email",
    "full name": "name",
    "company": "account",
    "organization": "account",
    "organisation": "account",
    "telephone": "phone",
    "phone number": "phone",
    "job title": "title",
    "timezone": "time_zone",
    "time zone": "time_zone",
    "note": "notes",
}
OF_A_CUSTOMER = ("name", "phone", "title", "language", "time_zone", "notes")
LONGEST = {"name": 160, "account": 160, "phone": 40, "title": 120}


@dataclass
class Line:
    """One line of the file: its number there, what it says, and what is wrong with it."""

    number: int
    values: dict
    wrong: list = field(default_factory=list)


@dataclass
class Sheet:
    """A file that was understood: its lines, and the columns that mean nothing to us."""

    lines: list
    columns: list
    ignored: list

    @property
    def good(self):
        return [line for line in self.lines if not line.wrong]

    @property
    def bad(self):
        return [line for line in self.lines if line.wrong]


def understand(content):
    """Read the bytes of a CSV file (UTF-8 or Windows; commas, semicolons or tabs). Raises ValidationError."""
    rows = csv.reader(io.StringIO(_text(content), newline=""), delimiter=_delimiter(content))
    try:
        head = next(rows, [])
        columns = [_column(name) for name in head]
        if "email" not in columns:
            raise ValidationError(
                _("The first line must name the columns, one of them “email”. Nothing was imported.")
            )
        lines = [_line(rows.line_num, columns, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as trouble:
        raise ValidationError(_("This is not a CSV file (%s). Nothing was imported.") % trouble) from trouble
    _say_twice(lines)
    ignored = [name for name, column in zip(head, columns, strict=True) if column is None]
    return Sheet(lines, [column for column in columns if column], ignored)


def take_in(lines, *, by, now):
    """Make or change the customers of these lines, all or nothing; how many were made, changed, the same.

    What a line says replaces what we knew; what it leaves empty stays. The same file twice changes nothing.
    """
    counts = Counter(made=0, changed=0, same=0)
    with transaction.atomic():
        accounts = {}
        said = {line.values["email"]: _said(line.values, accounts, by, now) for line in lines}
        known = queries.customers_by_address(said)
        new = [{"email": email, **fields} for email, fields in said.items() if email not in known]
        actions.meet_many(new, by=by, now=now)
        counts["made"] = len(new)
        for email, customer in known.items():
            counts[_bring_up_to_date(customer, said[email], by, now)] += 1
    return counts


def _said(values, accounts, by, now):
    """What a line says of a customer; their account is found or made, each once."""
    said = {name: values[name] for name in OF_A_CUSTOMER if values.get(name)}
    of_account = tuple(values.get(name, "") for name in ("account", "tier", "domain"))
    if of_account[0]:
        if of_account not in accounts:
            accounts[of_account] = _account(*of_account, by, now)
        said |= {"account": accounts[of_account], "confirmed": True}
    return said


def _bring_up_to_date(customer, said, by, now):
    new = {name: value for name, value in said.items() if getattr(customer, name) != value}
    if not new:
        return "same"
    actions.change_customer(customer, by=by, now=now, **new)
    return "changed"


def _account(name, tier, domain, by, now):
    account = Account.objects.filter(name__iexact=name).order_by("pk").first()
    known = set() if account is None else set(account.domains.values_list("domain", flat=True))
    new = {"domains": sorted({*known, domain})} if domain and domain not in known else {}
    if tier and (account is None or account.tier != tier):
        new["tier"] = tier
    if account is None:
        return actions.keep_account(name=name, by=by, now=now, **new)
    if new:
        actions.keep_account(account=account, by=by, now=now, **new)
    return account


def _text(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(content):
    head = _text(content[:4000]).partition("\n")[0]
    return max(",;\t", key=head.count)


def _column(name):
    name = name.strip().lower().replace("_", " ")
    name = ALSO_CALLED.get(name, name.replace(" ", "_"))
    return name if name in COLUMNS else None


def _line(number, columns, row):
    values = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if column}
    line = Line(number, values)
    values["email"] = values.get("email", "").lower()
    line.wrong += _wrong(values)
    return line


def _wrong(values):
    try:
        validate_email(values["email"])
    except ValidationError:
        yield (
            _("“%s” is not a mail address.") % values["email"]
            if values["email"]
            else _("There is no mail address.")
        )
    values["domain"] = values.get("domain", "").lower().lstrip("@")
    if values["domain"] in queries.FREE_MAIL:
        yield _("“%s” is a mail provider, so it says nothing about a company.") % values["domain"]
    if values["domain"] and not values.get("account"):
        yield _("A domain belongs to an account: write its name into the column “account”.")
    values["tier"] = values.get("tier", "").lower()
    if values["tier"] and values["tier"] not in Account.Tier.values:
        yield _("“%(tier)s” is no tier. There are: %(all)s.") % {
            "tier": values["tier"],
            "all": comma().join(Account.Tier.values),
        }
    values["language"] = values.get("language", "").lower().replace("_", "-")
    if values["language"] in ("zh", "zh-cn"):
        values["language"] = "zh-hans"
    if values["language"] and values["language"] not in dict(settings.LANGUAGES):
        # A customer may speak what the product does not; we answer in the company's language then.
        values["language"] = values["language"][:10]
    if values.get("time_zone") and values["time_zone"] not in zoneinfo.available_timezones():
        yield _("“%s” is no time zone we know. Write it like Europe/Madrid.") % values["time_zone"]
    for name, most in LONGEST.items():
        if len(values.get(name, "")) > most:
            yield _("“%(start)s…” is too long for %(column)s: at most %(most)s characters.") % {
                "start": values[name][:20],
                "column": name,
                "most": most,
            }


def _say_twice(lines):
    first = {}
    for line in lines:
        address = line.values["email"]
        if address and first.setdefault(address, line.number) != line.number:
            line.wrong.append(_("This address stands in line %s already.") % first[address])
