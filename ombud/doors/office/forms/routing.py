"""Who gets escalations: a team for each reason, a person for each tier."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ombud.foundation.people.models import Account, Person, Team
from ombud.foundation.people.permissions import ANSWER, MAY
from ombud.spine.escalations.models import Reason, Route, TierManager

NOBODY = gettext_lazy("Nobody in particular")


class RoutingForm(forms.Form):
    """A field for each reason, then one for each tier; what is chosen now stays a choice."""

    def __init__(self, data=None):
        super().__init__(data)
        routes = dict(Route.objects.values_list("reason", "team"))
        managers = dict(TierManager.objects.values_list("tier", "person"))
        teams = Team.objects.filter(Q(archived_at=None) | Q(pk__in=routes.values()))
        roles = [role for role, verbs in MAY.items() if ANSWER in verbs]
        people = Person.objects.filter(Q(is_active=True, role__in=roles) | Q(pk__in=managers.values()))
        for reason in Reason:
            self._add(f"reason-{reason}", reason.label, teams.order_by("name"), routes.get(reason))
        for tier in Account.Tier:
            self._add(f"tier-{tier}", tier.label, people.order_by("name"), managers.get(tier))

    def _add(self, name, label, queryset, value):
        field = forms.ModelChoiceField(queryset, label=label, required=False, empty_label=NOBODY)
        self.fields[name], self.initial[name] = field, value

    def routes(self):
        """The fields of the reasons, as (reason, field)."""
        return [(reason, self[f"reason-{reason}"]) for reason in Reason]

    def tiers(self):
        """The fields of the tiers, as (tier, field)."""
        return [(tier, self[f"tier-{tier}"]) for tier in Account.Tier]

    def offered(self, field):
        """What a field lets one choose, in words."""
        return [(str(key), str(words)) for key, words in field.field.choices]

    def settings(self):
        """As the verbs take them: a team or None for each reason, a person or None for each tier."""
        said = self.cleaned_data
        return {
            "routes": {reason: said[f"reason-{reason}"] for reason in Reason},
            "managers": {tier: said[f"tier-{tier}"] for tier in Account.Tier},
        }
