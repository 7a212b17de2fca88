"""Questions about people."""

import hashlib

from .models import Absence, Account, AccountDomain, Customer, CustomerAddress, Person, Role, Token
from .permissions import SEE_ALL, may

# Providers whose domain says nothing about a company: their senders never share an account.
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.es",
        "hotmail.fr",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.es",
        "yahoo.fr",
        "yahoo.co.uk",
        "ymail.com",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "mail.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "fastmail.com",
        "zoho.com",
        "yandex.com",
        "yandex.ru",
        "mail.ru",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "aliyun.com",
        "139.com",
        "189.cn",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "sfr.fr",
        "laposte.net",
        "bbox.fr",
        "neuf.fr",
        "telefonica.net",
        "terra.es",
        "libero.it",
        "virgilio.it",
        "tutanota.com",
        "tuta.com",
        "hey.com",
        "t-online.de",
        "comcast.net",
        "verizon.net",
        "att.net",
        "btinternet.com",
    ]
)


def hash_of(secret):
    """What is stored of a token. It is long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_by_secret(secret):
    """The token whose secret this is, with its person; None when unknown, revoked, or its person left."""
    token = Token.objects.filter(hash=hash_of(secret), revoked_at=None).select_related("person").first()
    return token if token and (token.person is None or token.person.is_active) else None


def customer_by_address(address):
    """The customer who writes from this mail address, or None."""
    return Customer.objects.filter(addresses__address=address.lower()).select_related("account").first()


def customers_by_address(addresses):
    """{address: customer} of those who are known; the addresses are in lower case."""
    rows = CustomerAddress.objects.filter(address__in=list(addresses)).select_related("customer__account")
    return {row.address: row.customer for row in rows}


def accounts_by_address(addresses):
    """{address: account} of those whose domain belongs to an account."""
    domains = {address: address.lower().rpartition("@")[2] for address in addresses}
    wanted = set(domains.values()) - FREE_MAIL - {""}
    rows = AccountDomain.objects.filter(domain__in=wanted).select_related("account")
    accounts = {row.domain: row.account for row in rows}
    return {address: accounts[domain] for address, domain in domains.items() if domain in accounts}


def account_by_address(address):
    """The account to which a sender's domain belongs, or None; free-mail domains belong to nobody."""
    domain = address.lower().rpartition("@")[2]
    if not domain or domain in FREE_MAIL:
        return None
    return Account.objects.filter(domains__domain=domain).first()


def is_ours(address):
    """The person of ours with this mail address, or None."""
    return Person.objects.filter(email__iexact=address, is_active=True).first()


def is_away(person, now):
    """Whether the person is absent at a time."""
    return Absence.objects.filter(person=person, starts_at__lte=now, ends_at__gt=now).exists()


def deputy_of(person, now):
    """Who takes what cannot wait while the person is away; None when present or nobody was named."""
    absence = Absence.objects.filter(person=person, starts_at__lte=now, ends_at__gt=now).first()
    return absence and absence.deputy


def other_administrators(person):
    """Whether anybody else who still has access is an administrator."""
    return Person.objects.working().filter(role=Role.ADMINISTRATOR).exclude(pk=person.pk).exists()


def first_administrator():
    """In whose name the house itself does what somebody must have done; None before the first run."""
    return Person.objects.working().filter(role=Role.ADMINISTRATOR).order_by("pk").first()


def demo_people():
    """Who may be tried out in the demo, the administrator first."""
    order = {role: at for at, role in enumerate(Role.values)}
    return sorted(Person.objects.working(), key=lambda person: (order[person.role], person.name))


def visible_accounts_to(person):
    """The accounts a person may see: all, or for light roles those they look after."""
    if may(person, SEE_ALL):
        return Account.objects.all()
    return Account.objects.filter(seats__person=person if person.is_active else None).distinct()


def visible_customers_to(person):
    """The customers a person may see: all, or for light roles those of their accounts."""
    if may(person, SEE_ALL):
        return Customer.objects.all()
    return Customer.objects.filter(account__in=visible_accounts_to(person))
