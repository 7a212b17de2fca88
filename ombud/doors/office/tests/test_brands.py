"""Brands in the settings: made, seen before they are used, and put to mailboxes."""

from django.core.files.uploadedfile import SimpleUploadedFile

from ombud.foundation.people.models import Brand, Customer
from ombud.foundation.post.models import Mailbox

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
FORM = {"name": "Kistje", "accent": "#ffee00", "language": "es", "names_person": "on"}


def test_a_brand_is_made_with_its_picture_and_mailbox(cast, client):
    cast.signed_in(client, cast.greta)
    logo = SimpleUploadedFile("a.png", PNG, "image/png")
    page = client.post(
        "/settings/brands/new", {**FORM, "logo": logo, "mailboxes": [cast.mailbox.pk]}, follow=True
    )
    brand = Brand.objects.get()
    assert "Kistje" in page.content.decode()
    assert (brand.accent, brand.language, brand.way_up, bool(brand.logo)) == ("#ffee00", "es", False, True)
    assert Mailbox.objects.get().brand == brand
    client.post(f"/settings/brands/{brand.pk}", {**FORM, "no_logo": "on", "is_default": "on"})
    assert (Brand.objects.get().logo, Mailbox.objects.get().brand) == ("", None)


def test_a_colour_that_cannot_be_read_is_shown_as_pages_will_show_it(cast, client):
    cast.signed_in(client, cast.greta)
    client.post("/settings/brands/new", FORM)
    page = client.get(f"/settings/brands/{Brand.objects.get().pk}").content.decode()
    assert "#756d02" in page


def test_only_administrators_keep_brands(cast, client):
    cast.signed_in(client, cast.ines)
    assert client.get("/settings/brands/").status_code == 403
    assert client.post("/settings/brands/new", FORM).status_code == 403


def test_a_contact_is_let_see_the_requests_of_the_account(cast, client):
    cast.signed_in(client, cast.ines)
    rui = cast.rui
    form = {"name": rui.name, "email": rui.email, "account": "Acme Outdoor", "sees_company": "on"}
    client.post(f"/customers/{rui.pk}", form)
    assert Customer.objects.get(pk=rui.pk).sees_company
    client.post("/customers/new", {**form, "name": "Bea", "email": "bea@acme-outdoor.example"})
    assert Customer.objects.get(name="Bea").sees_company
    page = client.get(f"/customers/{rui.pk}").content.decode()
    assert "follows all its requests" in page
