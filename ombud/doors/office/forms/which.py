"""A question to the policies: a ticket by its number or a description of one, and when it comes in."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.people.models import Account
from ombud.spine.sla.terms import Facts
from ombud.spine.tickets.channels import channels
from ombud.spine.tickets.models import Level, Tag, Ticket
from ombud.spine.tickets.models.levels import priority_of
from ombud.spine.tickets.queries import by_number

from .conditions import languages
from .trying import FORMAT, MomentField

NUMBER = r"\s*#?\s*(\d{1,9})\s*"


class TicketForm(forms.Form):
    """Which ticket."""

    number = forms.RegexField(NUMBER, label=gettext_lazy("Ticket’s number"), max_length=12, required=False)

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self.person = person

    def clean_number(self):
        given = self.cleaned_data["number"].strip().lstrip("#").strip()
        if not given:
            return None
        try:
            return by_number(self.person, int(given))
        except Ticket.DoesNotExist:
            raise ValidationError(_("There is no ticket with this number.")) from None


class FactsForm(forms.Form):
    """What a policy may ask about a ticket."""

    tier = forms.ChoiceField(
        label=gettext_lazy("Tier of the account"),
        choices=[("", gettext_lazy("no account")), *Account.Tier.choices],
        required=False,
    )
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=Level.choices)
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Level.choices)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    tags = forms.MultipleChoiceField(label=gettext_lazy("Tags"), required=False)

    def __init__(self, asked):
        given = {name: asked.get(name) or first for name, first in FIRST.items()}
        super().__init__(given | {"tags": asked.getlist("tags")})
        self.fields["channel"].choices = channels()
        self.fields["language"].choices = [("", _("unknown")), *languages()]
        names = Tag.objects.filter(archived_at=None).values_list("name", flat=True)
        self.fields["tags"].choices = [(name, name) for name in names]

    def facts(self):
        """As `terms.unmet` asks for them."""
        given = self.cleaned_data
        priority = priority_of(given["severity"], given["urgency"])
        return Facts(
            tier=given["tier"],
            severity=given["severity"],
            priority=priority,
            channel=given["channel"],
            language=given["language"],
            tags=frozenset(given["tags"]),
        )


FIRST = {"tier": "", "severity": "medium", "urgency": "medium", "channel": "email", "language": ""}


class WhenForm(forms.Form):
    """When it comes in, on the reader's clock."""

    at = MomentField(label=gettext_lazy("It comes in"), required=False)

    def __init__(self, asked, now):
        super().__init__({"at": asked.get("at") or timezone.localtime(now).strftime(FORMAT)})
        self.now = now

    def clean_at(self):
        at = self.cleaned_data["at"]
        # A time that the clock skipped, or that comes twice, is nobody's question.
        return timezone.make_aware(at) if isinstance(at, datetime) else self.now
