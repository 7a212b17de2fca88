"""Brands: the names under which customers know us, their looks, and the mailboxes that speak in them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.brands import BrandForm
from ombud.doors.office.guard import asks
from ombud.doors.office.lists import by_use
from ombud.doors.office.pages import act, done, page, refuse
from ombud.foundation.people.branding import default_brand, keep_brand
from ombud.foundation.people.models import Brand, Company
from ombud.foundation.people.permissions import ADMINISTER
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.models import Mailbox
from ombud.lib.colours import HEX, accents
from ombud.ui.values import initials


@asks(ADMINISTER)
def brands(request):
    """Every brand; before one was made, the company as its customers see it."""
    used, archived = by_use(Brand.objects.prefetch_related("mailboxes"))
    return page(request, "brands", brands=used, archived=archived, ours=default_brand())


@asks(ADMINISTER)
def brand_new(request):
    return _edit(request, None)


@asks(ADMINISTER)
def brand(request, pk):
    return _edit(request, get_object_or_404(Brand, pk=pk))


def _edit(request, found):
    first = found is None and not Brand.objects.exists()
    form = BrandForm(
        request.POST or None, request.FILES or None, brand=found, company=Company.ours() if first else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(found, form, request.user)
        except ValidationError as refused:
            refuse(form, refused)
            if found:
                found.refresh_from_db()
        else:
            return done(request, _("%(brand)s is saved.") % {"brand": kept.name}, "office:brand", kept.pk)
    return page(request, "brand", form=form, brand=found, preview=_preview(form))


@transaction.atomic
def _keep(found, form, by):
    now = timezone.now()
    kept = keep_brand(brand=found, by=by, now=now, **form.settings())
    chosen = {mailbox.pk for mailbox in form.cleaned_data["mailboxes"]}
    for mailbox in Mailbox.objects.filter(archived_at=None):
        speaks = kept if mailbox.pk in chosen else None
        concerns = mailbox.pk in chosen or mailbox.brand_id == kept.pk
        if concerns and mailbox.brand_id != (speaks and speaks.pk):
            keep_mailbox(mailbox=mailbox, brand=speaks, by=by, now=now)
    return kept


def _preview(form):
    """The colour by day and by night, as pages make it readable."""
    colour = (form["accent"].value() or "").lower()
    name = form["name"].value() or ""
    lights = accents(colour) if HEX.match(colour) else ()
    return [
        {"light": light, "accent": accent, "name": name, "initials": initials(name)}
        for light, accent in zip(("day", "night"), lights, strict=False)
    ]


@require_POST
@asks(ADMINISTER)
def brand_archive(request, pk):
    """Take a brand out of use, or back into it; its mailboxes speak in the default one meanwhile."""
    found = get_object_or_404(Brand, pk=pk)
    now = timezone.now()
    said = _("%(brand)s is in use again.") if found.archived_at else _("%(brand)s is out of use.")
    return act(
        request,
        keep_brand,
        brand=found,
        archived_at=None if found.archived_at else now,
        by=request.user,
        now=now,
        said=said % {"brand": found.name},
        to="office:brands",
    )
