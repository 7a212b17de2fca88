"""A brand: what customers see of us."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.people.branding import MOST_LOGO, PICTURES
from ombud.foundation.people.models.brands import ACCENT
from ombud.foundation.post.models import Mailbox

from .fields import LanguageField


class BrandForm(forms.Form):
    """Its name, face and manners, and the mailboxes that speak in it."""

    FIELDS = (
        "name",
        "accent",
        "language",
        "address",
        "names_person",
        "shows_phone",
        "way_up",
        "is_default",
    )

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("Stands above every page.")
    )
    logo = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG, WebP or GIF, at most 300 kB. Without one, the initials stand there."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(PICTURES)}),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    accent = forms.CharField(
        label=gettext_lazy("Colour"),
        max_length=7,
        help_text=gettext_lazy("Where it would be hard to read, pages show it darker or lighter."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    language = LanguageField(
        label=gettext_lazy("Language"),
        required=False,
        none=gettext_lazy("The company’s own"),
        help_text=gettext_lazy("For whom neither browser nor mails say another one."),
    )
    address = forms.URLField(
        label=gettext_lazy("Address of its pages"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Whoever comes by this address sees this brand, e.g. https://help.example.com."
        ),
    )
    names_person = forms.BooleanField(
        label=gettext_lazy("Name the person who has a request"),
        required=False,
        help_text=gettext_lazy("Otherwise customers read “Our support team”."),
    )
    shows_phone = forms.BooleanField(
        label=gettext_lazy("Show the phone number of who leads an escalation"),
        required=False,
        help_text=gettext_lazy("On its page for the customer, if persons are named and theirs is known."),
    )
    way_up = forms.BooleanField(
        label=gettext_lazy("Offer a way to somebody higher"),
        required=False,
        help_text=gettext_lazy("On the page of a request that is not solved."),
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("This is the default brand"),
        required=False,
        help_text=gettext_lazy("For mailboxes and addresses that name no other."),
    )
    mailboxes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Mailboxes"),
        queryset=Mailbox.objects.filter(archived_at=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, brand=None, company=None, **options):
        if brand:
            options["initial"] = {name: getattr(brand, name) for name in self.FIELDS}
            options["initial"]["mailboxes"] = list(brand.mailboxes.values_list("pk", flat=True))
        else:
            name = company.name if company else ""
            options["initial"] = {"name": name, "accent": ACCENT, "names_person": True, "way_up": True}
        super().__init__(*args, **options)

    def clean_logo(self):
        file = self.cleaned_data["logo"]
        if file and file.size > MOST_LOGO:
            raise ValidationError(_("This picture is larger than 300 kB. Make it smaller."))
        return file

    def settings(self):
        """What keep_brand takes."""
        given = {name: self.cleaned_data[name] for name in self.FIELDS}
        if file := self.cleaned_data["logo"]:
            given["logo"] = (file.content_type, file.read())
        elif self.cleaned_data["no_logo"]:
            given["logo"] = False
        return given
