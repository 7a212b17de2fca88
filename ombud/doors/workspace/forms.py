"""Logging what somebody heard, and writing to a customer first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Customer, Person
from ombud.foundation.post.queries import mailboxes
from ombud.spine.tickets.channels import channels
from ombud.spine.tickets.models import Level

HEARD = ("phone", "person", "social", "review", "chat", "email", "other")


class WhoForm(forms.Form):
    """Whose it is: somebody we know, or somebody new."""

    customer = forms.ModelChoiceField(Customer.objects.all(), required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    email = forms.EmailField(label=_("Mail address"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    def clean(self):
        said = super().clean()
        if not said.get("customer") and not any(said.get(key) for key in ("name", "email", "phone")):
            self.add_error("customer", _("Say who it is: choose a customer, or write a name or an address."))
        return said


class LogForm(WhoForm):
    """A complaint that somebody of ours heard (M3)."""

    subject = forms.CharField(label=_("What it is about"), max_length=500)
    words = forms.CharField(label=_("What they said"), widget=forms.Textarea(attrs={"rows": 6}))
    channel = forms.ChoiceField(label=_("How it reached us"))
    heard_by = forms.ModelChoiceField(Person.objects.none(), label=_("Who heard it"))
    heard_where = forms.CharField(
        label=_("Where"), max_length=200, required=False, help_text=_("Such as “trade fair in Lyon, stand 4”")
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Level.choices,
        initial=Level.MEDIUM,
        help_text=_("How badly it hits their business"),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Level.choices, initial=Level.MEDIUM, help_text=_("How soon it hurts")
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heard_by"].queryset = Person.objects.working()
        self.fields["heard_by"].initial = by.pk
        self.fields["channel"].choices = [(key, name) for key, name in channels() if key in HEARD]
        self.fields["channel"].initial = "phone"


class FirstForm(WhoForm):
    """A mail to a customer who did not write first."""

    subject = forms.CharField(label=_("Subject"), max_length=500)
    words = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 10}))
    mailbox = forms.ModelChoiceField(None, label=_("From"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mailbox"].queryset = mailboxes()
        self.fields["mailbox"].initial = mailboxes().first()

    def clean(self):
        said = super().clean()
        customer = said.get("customer")
        if not (customer.email if customer else said.get("email")):
            self.add_error("email", _("There is no mail address to write to."))
        return said
