"""For whom a policy holds."""

from babel import Locale, UnknownLocaleError
from django import forms
from django.utils.translation import gettext_lazy

from ombud.foundation.people.models import Account
from ombud.spine.sla.terms import CONDITIONS
from ombud.spine.tickets.channels import channels
from ombud.spine.tickets.models import Level, Priority, Tag
from ombud.ui.locales import reader_locale


def languages():
    """Every language that has a code of two letters, by its name in the reader's language."""
    named = reader_locale().languages
    return sorted(((code, named[code]) for code in named if len(code) == 2), key=lambda one: one[1].lower())


def language_name(code):
    """A language in the reader's language; its code where nobody has a name for it."""
    try:
        return Locale.parse(code, sep="-").get_display_name(reader_locale()) or code
    except (ValueError, UnknownLocaleError):
        return code


def _with(choices, chosen, name_of=str):
    """What was chosen once stays a choice, also when it is no longer offered."""
    known = {value for value, _words in choices}
    return [*choices, *((value, name_of(value)) for value in chosen if value not in known)]


class BoxesField(forms.MultipleChoiceField):
    """Some of several; none of them is as good as all."""

    def __init__(self, label, choices, **options):
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, choices=choices, required=False, widget=widget, **options)


class ConditionsForm(forms.Form):
    """For which tickets a policy holds. Fields are named as the conditions are."""

    tiers = BoxesField(gettext_lazy("Tier of the account"), Account.Tier.choices)
    severities = BoxesField(gettext_lazy("Severity"), Level.choices)
    priorities = BoxesField(gettext_lazy("Priority"), Priority.choices)
    channels = BoxesField(gettext_lazy("Channel"), ())
    languages = forms.MultipleChoiceField(label=gettext_lazy("Language"), required=False)
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Tags"),
        required=False,
        help_text=gettext_lazy("One of them on the ticket is enough."),
    )

    def __init__(self, *args, conditions=None, **options):
        conditions = conditions or {}
        super().__init__(*args, initial=conditions, **options)
        tags = [(name, name) for name in Tag.objects.filter(archived_at=None).values_list("name", flat=True)]
        self.fields["channels"].choices = _with(channels(), conditions.get("channels", ()))
        self.fields["languages"].choices = _with(languages(), conditions.get("languages", ()), language_name)
        self.fields["tags"].choices = _with(tags, conditions.get("tags", ()))

    def chosen(self, name):
        """What is chosen in a field as [(value, words)], also before it is valid."""
        names = dict(self.fields[name].choices)
        return [(value, names.get(value, value)) for value in self[name].value() or ()]

    def conditions(self):
        """As keep_policy takes them."""
        return {name: self.cleaned_data[name] for name in CONDITIONS if self.cleaned_data[name]}
