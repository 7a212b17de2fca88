"""A mailbox: its address, what it does, and the two servers behind it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Team
from ombud.foundation.post import secrets
from ombud.foundation.post.models import Mailbox

from .fields import AddressField, LanguageField, SecretField

SECRETS = ("smtp_password", "imap_password")


def _host(example):
    return forms.TextInput(attrs={"placeholder": example, "autocomplete": "off", "spellcheck": "false"})


class ServersForm(forms.Form):
    """The outgoing and the incoming server. A stored password is kept when none is written."""

    smtp_host = forms.CharField(
        label=_("Server"), required=False, max_length=253, widget=_host("smtp.example.com")
    )
    smtp_port = forms.IntegerField(label=_("Port"), required=False, min_value=1, max_value=65535, initial=587)
    smtp_security = forms.ChoiceField(
        label=_("Security"), choices=Mailbox.Security, initial="starttls", required=False
    )
    smtp_user = forms.CharField(
        label=_("User"), required=False, max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    smtp_password = SecretField(label=_("Password"))
    imap_host = forms.CharField(
        label=_("Server"), required=False, max_length=253, widget=_host("imap.example.com")
    )
    imap_port = forms.IntegerField(label=_("Port"), required=False, min_value=1, max_value=65535, initial=993)
    imap_security = forms.ChoiceField(
        label=_("Security"), choices=Mailbox.Security, initial="tls", required=False
    )
    imap_user = forms.CharField(
        label=_("User"), required=False, max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    imap_password = SecretField(label=_("Password"))
    imap_folder = forms.CharField(label=_("Folder"), required=False, max_length=120, initial="INBOX")

    def __init__(self, *args, mailbox=None, **options):
        self.mailbox = mailbox
        super().__init__(*args, **options)
        for name in SECRETS:
            if mailbox and getattr(mailbox, name):
                self.fields[name].widget.attrs["placeholder"] = _("stored; write a new one to replace it")

    def clean(self):
        given = super().clean()
        for name, otherwise in (("smtp_port", 587), ("imap_port", 993), ("imap_folder", "INBOX")):
            given[name] = given.get(name) or otherwise
        given["smtp_security"] = given.get("smtp_security") or "starttls"
        given["imap_security"] = given.get("imap_security") or "tls"
        return given

    def settings(self):
        """What keep_mailbox takes: without the passwords that were not written anew."""
        given = dict(self.cleaned_data)
        for name in SECRETS:
            wire = name.partition("_")[0]
            if not given[name] and given[f"{wire}_user"]:
                del given[name]
        return given

    def password(self, wire):
        """The password to try: the one just written, else the stored one. Raises secrets.LostKey."""
        name = f"{wire}_password"
        stored = getattr(self.mailbox, name) if self.mailbox else ""
        return self.cleaned_data.get(name) or secrets.decrypt(stored)


class FirstMailboxForm(ServersForm):
    """The first run asks for as little as it can."""

    address = AddressField(
        label=_("Address"),
        widget=forms.EmailInput(attrs={"placeholder": "support@example.com", "autofocus": True}),
    )
    name = forms.CharField(label=_("Name of the sender"), required=False, max_length=120)


class MailboxForm(ServersForm):
    """All of a mailbox."""

    address = AddressField(label=_("Address"))
    name = forms.CharField(
        label=_("Name of the sender"),
        required=False,
        max_length=120,
        help_text=_("Customers see it beside the address."),
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.filter(archived_at=None),
        required=False,
        empty_label=_("No team: everybody’s"),
        help_text=_("New tickets from this mailbox go to it."),
    )
    language = LanguageField(
        label=_("Language"),
        required=False,
        none=_("The customer’s own"),
        help_text=_("For what the machine writes."),
    )
    signature = forms.CharField(
        label=_("Signature"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_default = forms.BooleanField(
        label=_("This is the default mailbox"), required=False, help_text=_("For what names no other.")
    )
    takes_strays = forms.BooleanField(
        label=_("Take mail to addresses that are not ours"),
        required=False,
        help_text=_("If this is the default mailbox; otherwise such mail is refused."),
    )
    acknowledges = forms.BooleanField(
        label=_("Acknowledge new tickets"),
        required=False,
        help_text=_("Received, number, who has it and what happens next; in the customer’s language."),
    )
    plus_addressing = forms.BooleanField(
        label=_("Plus addresses reach it"),
        required=False,
        help_text=_(
            "Mail to support+anything@… arrives at support@…, so an answer finds its ticket by itself."
        ),
    )

    OWN = ("address", "name", "team", "language", "signature")
    FLAGS = ("is_default", "takes_strays", "acknowledges", "plus_addressing")

    def __init__(self, *args, mailbox=None, **options):
        if mailbox:
            shown = (
                *self.OWN,
                *self.FLAGS,
                *(name for name in ServersForm.base_fields if name not in SECRETS),
            )
            options["initial"] = {name: getattr(mailbox, name) for name in shown} | options.get("initial", {})
        else:
            options.setdefault("initial", {"acknowledges": True, "plus_addressing": True})
        super().__init__(*args, mailbox=mailbox, **options)
