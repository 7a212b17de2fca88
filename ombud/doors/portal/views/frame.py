"""What all pages of customers share: the brand's frame around them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from ombud.foundation.people.branding import base_address, brand_at, default_brand
from ombud.foundation.people.models import Brand, Company
from ombud.foundation.post.queries import default_mailbox
from ombud.lib import files
from ombud.lib.colours import accents

A_YEAR = "public, max-age=31536000, immutable"
OURS = "ours"  # how the pages of the company itself are called before any brand was made


def page(request, name, *, status=200, brand=None, **context):
    """Render `portal/<name>.html` in the frame of a brand: the given one's, else that of the host."""
    brand = brand or getattr(request, "brand", None) or brand_at(request.get_host())
    visit = getattr(request, "visit", None)
    context = {
        "company": Company.ours(),
        "mailbox": mailbox_of(brand),
        "brand": brand,
        "brand_slug": brand.slug or OURS,
        "customer": visit.customer if visit else None,
        "home_address": lambda: (
            reverse("portal:requests") if visit else (writing(None) or reverse("portal:sign_in"))
        ),
        "writing_address": lambda known=True: writing(visit if known else None),
    } | context
    return render(request, f"portal/{name}.html", context, status=status)


def writing(visit):
    """Where one writes to us, signed in or not; nothing on a desk that takes nothing in this way."""
    try:
        return reverse("portal:new" if visit else "portal:contact")
    except NoReverseMatch:
        return ""


def mailbox_of(brand):
    """The address under which a brand is written to: its own, else the default one."""
    own = brand.mailboxes.filter(archived_at=None).first() if brand.pk else None
    return own or default_mailbox()


def absolute(request, brand, name, *args):
    """A page's whole address, for a mail: under the brand's own or the desk's, and only else the asker's.

    (A forged Host header must not get a secret.)
    """
    base = base_address(brand)
    path = reverse(name, args=args)
    return base + path if base else request.build_absolute_uri(path)


@require_safe
def brand_style(request, slug):
    """The brand's colours by day and by night; the address changes with them, so browsers keep it."""
    day, night = accents(_brand_called(slug).accent)
    lines = [
        f"--brand-{light}{part}: {colour};"
        for light, one in (("day", day), ("night", night))
        for part, colour in (("", one.colour), ("-ink", one.ink), ("-wash", one.wash))
    ]
    return _kept(HttpResponse(f":root {{ {' '.join(lines)} }}\n", content_type="text/css"), request)


@require_safe
def brand_logo(request, slug):
    """The brand's picture."""
    brand = _brand_called(slug)
    if not brand.logo or not files.path_of(brand.logo).exists():
        return HttpResponse(status=404)
    response = HttpResponse(files.read(brand.logo), content_type=brand.logo_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _kept(response, request)


def _kept(response, request):
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = A_YEAR if "v" in request.GET else "public, max-age=300"
    return response


def _brand_called(slug):
    return Brand.objects.filter(slug=slug).first() or default_brand()
