"""The form that raises an escalation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Customer, Person
from ombud.spine.escalations.models import Contact, Reason
from ombud.spine.tickets.models import Level, Ticket

from .asked import minor_units

SAY = [("now", _("Send it as the first update")), ("later", _("Keep it as a draft"))]


class RaiseForm(forms.Form):
    """What somebody says when they escalate a ticket; `account` is the customer's, or None."""

    reason = forms.ChoiceField(
        choices=[("", "—"), *Reason.choices], error_messages={"required": _("Say why: choose a reason.")}
    )
    title = forms.CharField(max_length=200, required=False)
    severity = forms.ChoiceField(choices=Level.choices)
    urgency = forms.ChoiceField(choices=Level.choices)
    impact = forms.CharField(required=False, max_length=5000)
    at_risk = forms.CharField(required=False, max_length=30)
    manager = forms.ModelChoiceField(Person.objects.none(), required=False)
    told = forms.ModelMultipleChoiceField(Person.objects.none(), required=False)
    also = forms.ModelMultipleChoiceField(Ticket.objects.none(), required=False, to_field_name="number")
    say = forms.ChoiceField(choices=SAY, required=False)
    message = forms.CharField(required=False, max_length=20_000)
    next_at = forms.CharField(required=False, max_length=40)

    def __init__(self, *args, currency, leaders, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["manager"].queryset = Person.objects.filter(pk__in=leaders)
        self.fields["told"].queryset = Person.objects.working()
        self.fields["also"].queryset = others

    def clean_at_risk(self):
        return minor_units(self.cleaned_data["at_risk"], self.currency)

    def contacts(self, account_id):
        """(customer, as what) of the customer's people who were given a part."""
        if account_id is None:
            return []
        chosen = {}
        for name, role in self.data.items():
            pk = name.removeprefix("contact-")
            if name.startswith("contact-") and pk.isdigit() and role in Contact.Role.values:
                chosen[int(pk)] = role
        found = Customer.objects.filter(account=account_id, pk__in=chosen)
        return [(customer, chosen[customer.pk]) for customer in found]
