"""Keeping brands, and finding the one that a customer should see."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ombud.lib import files
from ombud.lib.colours import HEX

from . import events
from .models import Brand, Company

MOST_LOGO = 300 * 1024  # bytes: a customer's phone fetches it once
PICTURES = {
    "image/png": b"\x89PNG",
    "image/jpeg": b"\xff\xd8\xff",
    "image/webp": b"RIFF",
    "image/gif": b"GIF8",
}
_FIELDS = (
    "name",
    "slug",
    "accent",
    "language",
    "address",
    "names_person",
    "shows_phone",
    "way_up",
    "is_default",
    "archived_at",
)


def default_brand():
    """The brand for everything that names no other; before one was made, the company itself."""
    found = Brand.objects.filter(is_default=True).first()
    if found:
        return found
    company = Company.ours()
    if company is None:
        return Brand(name="", slug="")
    return Brand(name=company.name, slug="", language=company.language, address=company.address)


def brand_at(host):
    """The brand whose pages are reached under this host (with or without a port), else the default one."""
    host = host.lower()
    hosts = {host, host.partition(":")[0]}
    return Brand.objects.filter(host__in=hosts, archived_at=None).first() or default_brand()


def base_address(brand):
    """Where a brand's pages begin, for links in mails; the desk's own where it has none; "" if unknown."""
    company = Company.ours()
    return (brand.address or (company.address if company else "")).rstrip("/")


@transaction.atomic
def keep_brand(*, brand=None, logo=None, by, now, **fields):
    """Make a brand, or change one. `logo` is (content type, bytes), or False to take it away.

    The first one made is the default; there is always one default then. Raises ValidationError by field.
    """
    if unknown := set(fields) - set(_FIELDS):
        raise TypeError(f"a brand has no {sorted(unknown)}")
    brand = brand or Brand()
    was_default = brand.is_default
    for field, value in fields.items():
        setattr(brand, field, value)
    brand.accent = brand.accent.lower()
    brand.slug = brand.slug or slugify(brand.name)[:40] or f"brand-{Brand.objects.count() + 1}"
    brand.host = _host(brand.address)
    _settle_default(brand)
    _check(brand, was_default)
    if logo is not None:
        brand.logo_type, brand.logo = _kept_logo(logo)
        fields["logo"] = brand.logo
    if brand.is_default:
        Brand.objects.filter(is_default=True).exclude(pk=brand.pk).update(is_default=False)
    brand.save()
    events.BRAND_CHANGED.record(by=by, now=now, brand=brand.pk, fields=sorted(fields))
    return brand


def _settle_default(brand):
    if not Brand.objects.filter(is_default=True).exists():
        brand.is_default = True


def _check(brand, was_default):
    wrong = {}
    others = Brand.objects.exclude(pk=brand.pk)
    if not HEX.match(brand.accent):
        wrong["accent"] = _("Write the colour as # and six digits, such as #1d5946.")
    if others.filter(slug=brand.slug).exists():
        wrong["name"] = _("There is a brand with this name already.")
    if brand.host and others.filter(host=brand.host).exists():
        wrong["address"] = _("Another brand is reached under this address already.")
    if was_default and not brand.is_default:
        wrong["is_default"] = _("One brand must be the default. Make another one the default instead.")
    if brand.is_default and brand.archived_at:
        wrong["archived_at"] = _("This is the default brand. Make another one the default first.")
    if wrong:
        raise ValidationError(wrong)


def _host(address):
    return urlsplit(address).netloc.rpartition("@")[2].lower()


def _kept_logo(logo):
    if logo is False:
        return "", ""
    kind, content = logo
    if len(content) > MOST_LOGO:
        raise ValidationError({"logo": _("This picture is larger than 300 kB. Make it smaller.")})
    if not content.startswith(PICTURES.get(kind, b"\x00none")):
        raise ValidationError({"logo": _("Choose a picture: PNG, JPEG, WebP or GIF.")})
    return kind, files.keep(content)
