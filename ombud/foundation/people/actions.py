"""Verbs that make and change people, teams, customers and accounts."""

import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.clock import actions as clock
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.events.models import Case

from . import events, queries
from .models import (
    Absence,
    Account,
    AccountDomain,
    AccountSeat,
    Company,
    Customer,
    CustomerAddress,
    Membership,
    Person,
    Team,
    Token,
)
from .models.ours import Role
from .permissions import may_grant


@transaction.atomic
def found_company(*, name, language, time_zone, now, by=None, **fields):
    """Write down whose desk this is, or change it."""
    company = Company.ours() or Company()
    for field, value in {"name": name, "language": language, "time_zone": time_zone, **fields}.items():
        setattr(company, field, value)
    company.save()
    events.COMPANY_CHANGED.record(by=by, now=now, fields=["name", "language", "time_zone", *fields])
    if default_calendar() is None:
        _first_calendar(company, by, now)
    return company


def _first_calendar(company, by, now):
    """Every desk has a working calendar: Monday to Friday, nine to five, on the company's clock."""
    with translation.override(company.language):
        name = _("Office hours")
    hours = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    plan = {"timezone": company.time_zone, "hours": hours, "language": company.language}
    clock.keep_calendar(name=name, plan=plan, by=by, now=now)


def open_desk(*, name, language, time_zone, person, now):
    """The first run: the company, its first administrator and the team Support, all or nothing.

    `person` holds name, email and password. Raises ValidationError when somebody else was quicker.
    """
    try:
        with transaction.atomic():
            # A fixed key: of two first runs at the same moment, the database refuses the second.
            company = Company(pk=1, name=name, language=language, time_zone=time_zone)
            company.save(force_insert=True)
            first = add_person(role=Role.ADMINISTRATOR, now=now, **person)
            events.COMPANY_CHANGED.record(by=first, now=now, fields=["name", "language", "time_zone"])
            _first_calendar(company, first, now)
            keep_team(name=_("Support"), members=[first], leads=[first], by=first, now=now)
            events.DESK_OPENED.record(by=first, now=now, person=first.pk)
    except IntegrityError:
        raise ValidationError(_("Somebody else has just opened this desk. Sign in instead.")) from None
    return first


@transaction.atomic
def add_person(*, email, name, role, now, by=None, password=None, teams=(), **fields):
    """Give somebody of ours access. Without a password they set one by a mailed link.

    A password hashed elsewhere, by one of Django's hashers, can be given as the field `password_hash`.
    Raises ValidationError for an address that is taken, or a role that `by` may not give.
    """
    _may_give(by, role)
    _free_address(email)
    hashed = fields.pop("password_hash", "")
    person = Person(email=email.lower(), name=name, role=role, joined_at=now, password=hashed, **fields)
    person.case = Case.objects.create(kind="person")
    if not hashed:
        person.set_password(password)
    person.save()
    Membership.objects.bulk_create(Membership(person=person, team=team) for team in teams)
    events.PERSON_JOINED.record(case=person.case, by=by, now=now, person=person.pk, role=role)
    return person


@transaction.atomic
def change_person(person, *, by, now, teams=None, **fields):
    """Change a person's settings, role or teams. Ending access keeps everything they wrote.

    Raises ValidationError for what `by` may not give, and when no administrator would be left.
    """
    old_role, was_active = person.role, person.is_active
    _may_change(person, by, fields)
    if "email" in fields:
        fields["email"] = fields["email"].lower()
        _free_address(fields["email"], person)
    for field, value in fields.items():
        setattr(person, field, value)
    person.save(update_fields=list(fields))
    if teams is not None:
        Membership.objects.filter(person=person).exclude(team__in=teams).delete()
        for team in teams:
            Membership.objects.get_or_create(person=person, team=team)
    if person.role != old_role:
        events.ROLE_GRANTED.record(
            case=person.case, by=by, now=now, person=person.pk, old=old_role, new=person.role
        )
    if was_active and not person.is_active:
        events.PERSON_LEFT.record(case=person.case, by=by, now=now, person=person.pk)
    events.PERSON_CHANGED.record(case=person.case, by=by, now=now, person=person.pk, fields=sorted(fields))


def _may_give(by, role):
    if by is not None and not may_grant(by, role):
        raise ValidationError({"role": _("You may not give a role that may do more than yours.")})


def _may_change(person, by, fields):
    if by is not None and by.pk != person.pk and not may_grant(by, person.role):
        words = _("%(name)s may do more than you: ask an administrator.")
        raise ValidationError(words % {"name": person.name})
    if fields.get("role", person.role) != person.role:
        _may_give(by, fields["role"])
    ends = fields.get("is_active") is False and person.is_active
    if ends and by is not None and by.pk == person.pk:
        raise ValidationError(_("You cannot end your own access. Ask another administrator."))
    goes = ends or fields.get("role", person.role) != Role.ADMINISTRATOR
    if person.role == Role.ADMINISTRATOR and goes and not queries.other_administrators(person):
        raise ValidationError(_("Somebody must remain administrator. Make another person one first."))


def _free_address(email, person=None):
    if Person.objects.filter(email__iexact=email).exclude(pk=person and person.pk).exists():
        raise ValidationError({"email": _("Somebody has this address already.")})


def set_password(person, password):
    """Give a person a new password."""
    person.set_password(password)
    person.save(update_fields=["password"])


@transaction.atomic
def keep_team(*, team=None, members=None, leads=(), by, now, **fields):
    """Make a team, or change one: its fields, its members, its leads. Raises ValidationError."""
    team = team or Team()
    for field, value in fields.items():
        setattr(team, field, value)
    if Team.objects.filter(name__iexact=team.name).exclude(pk=team.pk).exists():
        raise ValidationError({"name": _("There is a team with this name already.")})
    team.save()
    if members is not None:
        Membership.objects.filter(team=team).delete()
        Membership.objects.bulk_create(
            Membership(team=team, person=person, is_lead=person in leads) for person in members
        )
    events.TEAM_CHANGED.record(by=by, now=now, team=team.pk, fields=sorted(fields))
    return team


@transaction.atomic
def plan_absence(person, *, starts_at, ends_at, deputy=None, by, now):
    """Write down that a person is away, and who stands in. Raises ValidationError."""
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("The end comes after the beginning.")})
    if deputy and deputy.pk == person.pk:
        raise ValidationError({"deputy": _("Somebody else must stand in.")})
    absence = Absence.objects.create(person=person, starts_at=starts_at, ends_at=ends_at, deputy=deputy)
    events.ABSENCE_PLANNED.record(
        case=person.case,
        by=by,
        now=now,
        person=person.pk,
        **{"from": starts_at.isoformat(), "until": ends_at.isoformat()},
    )
    return absence


@transaction.atomic
def cancel_absence(absence, *, by, now):
    """Take an absence back."""
    person, start, end = absence.person, absence.starts_at.isoformat(), absence.ends_at.isoformat()
    absence.delete()
    events.ABSENCE_ENDED.record(
        case=person.case, by=by, now=now, person=person.pk, **{"from": start, "until": end}
    )


@transaction.atomic
def keep_account(*, account=None, domains=None, seats=None, by, now, **fields):
    """Make an account, or change one. `seats` maps csm, ae, tam to people (or None)."""
    account = account or Account(case=Case.objects.create(kind="account"))
    for field, value in fields.items():
        setattr(account, field, value)
    account.save()
    if domains is not None:
        AccountDomain.objects.filter(account=account).exclude(domain__in=domains).delete()
        for domain in domains:
            if domain.lower() not in queries.FREE_MAIL:
                AccountDomain.objects.update_or_create(domain=domain.lower(), defaults={"account": account})
    for seat, person in (seats or {}).items():
        AccountSeat.objects.filter(account=account, seat=seat).delete()
        if person:
            AccountSeat.objects.create(account=account, seat=seat, person=person)
    events.ACCOUNT_CHANGED.record(
        case=account.case, by=by, now=now, account=account.pk, fields=sorted(fields)
    )
    return account


@transaction.atomic
def meet(*, email="", name="", now, by=None, **fields):
    """The customer with this address; entered now if we never met. A missing name is filled in."""
    email = email.lower()
    customer = queries.customer_by_address(email) if email else None
    if customer:
        missing = {k: v for k, v in {"name": name, **fields}.items() if v and not getattr(customer, k)}
        if missing:
            for field, value in missing.items():
                setattr(customer, field, value)
            customer.save(update_fields=list(missing))
        return customer
    account = fields.pop("account", None) or queries.account_by_address(email)
    case = Case.objects.create(kind="customer")
    customer = Customer.objects.create(
        case=case, email=email, name=name, account=account, created_at=now, **fields
    )
    if email:
        CustomerAddress.objects.create(customer=customer, address=email)
    events.CUSTOMER_MET.record(case=case, by=by, now=now, customer=customer.pk)
    return customer


@transaction.atomic
def meet_many(people, *, now, by=None):
    """`meet` for many at once: {address: customer}. `people`: dicts of what `meet` takes, with an email."""
    people = {person["email"].lower(): person for person in people}
    met = queries.customers_by_address(people)
    new = {email: person for email, person in people.items() if email not in met}
    if not new:
        return met
    accounts = queries.accounts_by_address(new)
    cases = Case.objects.bulk_create(Case(kind="customer") for _email in new)
    customers = Customer.objects.bulk_create(
        Customer(created_at=now, case=case, **{"account": accounts.get(email), **person, "email": email})
        for case, (email, person) in zip(cases, new.items(), strict=True)
    )
    CustomerAddress.objects.bulk_create(
        CustomerAddress(customer=customer, address=customer.email) for customer in customers
    )
    events.CUSTOMER_MET.record_many(
        [(customer.case_id, {"customer": customer.pk}) for customer in customers], by=by, now=now
    )
    return met | {customer.email: customer for customer in customers}


@transaction.atomic
def enter_customer(*, by, now, addresses=(), **fields):
    """Write down somebody new by hand, with all their addresses; a known address is not made twice."""
    email, name = fields.pop("email", ""), fields.pop("name", "")
    sees_company = fields.pop("sees_company", False)
    customer = meet(email=email, name=name, by=by, now=now, **fields)
    if sees_company and customer.account_id:
        change_customer(customer, by=by, now=now, sees_company=True)
    for address in addresses:
        CustomerAddress.objects.get_or_create(address=address.lower(), defaults={"customer": customer})
    return customer


@transaction.atomic
def change_customer(customer, *, by, now, addresses=None, **fields):
    """Change what we know of a customer. Whether they see their company's requests is an event of its own."""
    was, old_account = customer.sees_company, customer.account_id
    for field, value in fields.items():
        setattr(customer, field, value)
    moved = customer.account_id != old_account and "sees_company" not in fields
    if moved or customer.account_id is None:
        customer.sees_company = False  # the right was for that company
    customer.save(update_fields=[*{*fields, "sees_company"}])
    if customer.sees_company != was:
        events.SEES_COMPANY_GRANTED.record(
            case=customer.case,
            by=by,
            now=now,
            customer=customer.pk,
            account=customer.account_id or old_account,
            may=customer.sees_company,
        )
    known = set(addresses or ()) | ({customer.email} if customer.email else set())
    for address in known:
        CustomerAddress.objects.get_or_create(address=address.lower(), defaults={"customer": customer})
    if addresses is not None:
        customer.addresses.exclude(address__in=[a.lower() for a in known]).delete()
    events.CUSTOMER_CHANGED.record(
        case=customer.case, by=by, now=now, customer=customer.pk, fields=sorted(fields)
    )


@transaction.atomic
def block(customer, *, by, now):
    """Take in no more mail from a customer; what came before stays."""
    customer.blocked_at = now
    customer.save(update_fields=["blocked_at"])
    events.SENDER_BLOCKED.record(case=customer.case, by=by, now=now, customer=customer.pk)


@transaction.atomic
def unblock(customer, *, by, now):
    """Take in a customer's mail again."""
    customer.blocked_at = None
    customer.save(update_fields=["blocked_at"])
    events.SENDER_UNBLOCKED.record(case=customer.case, by=by, now=now, customer=customer.pk)


@transaction.atomic
def make_token(*, name, person=None, by=None, now):
    """A new token for a machine: the row and, this once, the secret itself."""
    secret = f"omb_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(name=name, hash=queries.hash_of(secret), person=person, created_at=now)
    events.TOKEN_MADE.record(by=by, now=now, token=token.pk)
    return token, secret


@transaction.atomic
def revoke_token(token, *, by, now):
    """End a machine's access at once."""
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    events.TOKEN_REVOKED.record(by=by, now=now, token=token.pk)


def token_was_used(token, *, now):
    """Remember when a token was last shown. Nothing happened to anybody, so it is not in the log."""
    token.used_at = now
    token.save(update_fields=["used_at"])
