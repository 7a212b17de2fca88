"""Questions about people."""

from .models import Absence, Account, Customer, Person

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


def customer_by_address(address):
    """The customer who writes from this mail address, or None."""
    return Customer.objects.filter(addresses__address=address.lower()).select_related("account").first()


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
