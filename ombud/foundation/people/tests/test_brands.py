"""Brands: one default, each under its own host, and the right to see a company's requests."""

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.people import actions
from ombud.foundation.people.branding import base_address, brand_at, default_brand, keep_brand
from ombud.foundation.people.models import Brand

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def keep(cast, **fields):
    return keep_brand(by=None, now=cast.now, **fields)


def test_before_any_brand_is_made_the_company_stands_for_itself(cast):
    assert default_brand().name == "Parcelline"


def test_the_first_brand_is_the_default_and_there_is_always_one(cast):
    first = keep(cast, name="Parcelline")
    second = keep(cast, name="Kistje", is_default=True)
    first.refresh_from_db()
    assert (first.is_default, default_brand()) == (False, second)
    with pytest.raises(ValidationError):
        keep(cast, brand=second, is_default=False)


def test_a_host_leads_to_its_brand_and_any_other_to_the_default(cast):
    first = keep(cast, name="Parcelline")
    other = keep(cast, name="Kistje", address="https://Help.Kistje.example:8443/")
    assert brand_at("help.kistje.example:8443") == other
    assert brand_at("elsewhere.example") == first
    assert base_address(other) == "https://Help.Kistje.example:8443"


def test_what_is_no_colour_and_no_picture_is_refused(cast):
    with pytest.raises(ValidationError):
        keep(cast, name="A", accent="red; } body { display: none")
    with pytest.raises(ValidationError):
        keep(cast, name="B", logo=("image/svg+xml", b"<svg onload=alert(1)>"))
    with pytest.raises(ValidationError):
        keep(cast, name="C", logo=("image/png", b"<svg onload=alert(1)>"))
    assert keep(cast, name="D", logo=("image/png", PNG)).logo
    assert Brand.objects.count() == 1


def test_who_may_see_a_companys_requests_is_in_the_log_and_ends_with_the_company(cast):
    actions.change_customer(cast.rui, by=cast.greta, now=cast.now, sees_company=True)
    actions.change_customer(cast.rui, by=cast.greta, now=cast.now, account=None)
    cast.rui.refresh_from_db()
    assert not cast.rui.sees_company
    told = Event.objects.filter(verb="customer.sees_company").order_by("pk")
    assert [event.data["may"] for event in told] == [True, False]
