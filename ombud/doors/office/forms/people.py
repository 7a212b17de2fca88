"""People, teams and absences."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Person, Role, Team
from ombud.foundation.people.permissions import may_grant

from .fields import AddressField, LanguageField, ZoneField


class PersonForm(forms.Form):
    """Somebody of ours, as the office keeps them."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = AddressField(label=_("E-mail"), help_text=_("They sign in with it."))
    role = forms.ChoiceField(label=_("Role"))
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.filter(archived_at=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = LanguageField(label=_("Language"), required=False, none=_("As their browser says"))
    time_zone = ZoneField(required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)

    def __init__(self, *args, by, person=None, **options):
        if person:
            fields = ("name", "email", "role", "language", "time_zone", "phone")
            options["initial"] = {name: getattr(person, name) for name in fields}
            options["initial"]["teams"] = list(person.teams.all())
        super().__init__(*args, **options)
        # The present role stays a choice, even one that may not be given: saving must not change it.
        self.fields["role"].choices = [
            (role.value, role.label)
            for role in Role
            if may_grant(by, role) or (person and person.role == role)
        ]


class NewPersonForm(PersonForm):
    """A new colleague: they get a link to set their password, unless one is set for them."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        help_text=_("Leave it empty: a mail with a link lets them choose their own."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self):
        return checked(self.cleaned_data["password"])


class PasswordForm(forms.Form):
    """Setting somebody's password for them."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self):
        return checked(self.cleaned_data["password"])


def checked(password):
    """The password, if it is good enough; nothing for none."""
    if password:
        validate_password(password)
    return password or None


class AbsenceForm(forms.Form):
    """When somebody is away, and who stands in."""

    starts_at = forms.DateTimeField(
        label=_("Away from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends_at = forms.DateTimeField(
        label=_("Away until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    deputy = forms.ModelChoiceField(
        label=_("Who stands in"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Takes what cannot wait."),
    )

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self.fields["deputy"].queryset = Person.objects.working().exclude(pk=person.pk)

    def clean(self):
        given = super().clean()
        if given.get("starts_at") and given.get("ends_at") and given["ends_at"] <= given["starts_at"]:
            raise ValidationError({"ends_at": _("The end comes after the beginning.")})
        return given


class TeamForm(forms.Form):
    """A team, who is in it and who leads it."""

    name = forms.CharField(label=_("Name"), max_length=80)
    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)
    private = forms.BooleanField(
        label=_("Private"), required=False, help_text=_("Only its members see its tickets.")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=Person.objects.working(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leads = forms.ModelMultipleChoiceField(
        label=_("Leads"),
        queryset=Person.objects.working(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, team=None, **options):
        if team:
            seats = list(team.membership_set.values_list("person_id", "is_lead"))
            options["initial"] = {
                "name": team.name,
                "purpose": team.purpose,
                "private": team.private,
                "members": [person for person, _lead in seats],
                "leads": [person for person, lead in seats if lead],
            }
        super().__init__(*args, **options)

    def clean(self):
        given = super().clean()
        leads, members = given.get("leads") or [], given.get("members") or []
        # Whoever leads a team is in it.
        given["members"] = list({person.pk: person for person in [*members, *leads]}.values())
        given["leads"] = list(leads)
        return given
