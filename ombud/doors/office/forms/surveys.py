"""Surveys: what is asked, of whom and when, and what follows a bad answer."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.features.surveys import wording
from ombud.features.surveys.models import Kind, When
from ombud.features.surveys.scales import SCALES
from ombud.foundation.clock.queries import calendars
from ombud.foundation.people.models import Team

from .conditions import BoxesField, ConditionsForm
from .fields import own_names

HOUR = 3600
DAY = 24 * HOUR
ABOUT = {When.RESOLVED: "ticket", When.REVIEWED: "escalation", When.ROUND: "us"}
PART_NAMES = {
    "question": gettext_lazy("Question"),
    "intro": gettext_lazy("Before it"),
    "low": gettext_lazy("What the lowest number means"),
    "high": gettext_lazy("What the highest number means"),
}


class SurveyConditionsForm(ConditionsForm):
    """For which tickets; also by team."""

    teams = BoxesField(gettext_lazy("Team"), ())

    def __init__(self, *args, conditions=None, **options):
        super().__init__(*args, conditions=conditions, **options)
        teams = Team.objects.filter(archived_at=None)
        self.fields["teams"].choices = [(str(team.pk), team.name) for team in teams]
        self.initial["teams"] = [str(pk) for pk in (conditions or {}).get("teams", ())]

    def conditions(self):
        """As keep_survey takes them."""
        teams = [int(pk) for pk in self.cleaned_data["teams"]]
        return super().conditions() | ({"teams": teams} if teams else {})


class SurveyForm(forms.Form):
    """All of a survey but for whom; the words of each language have fields of their own."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("No customer reads it.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is measured"), choices=Kind.choices, widget=forms.RadioSelect
    )
    when = forms.ChoiceField(
        label=gettext_lazy("It asks after this"), choices=When.choices, widget=forms.RadioSelect
    )
    delay = forms.IntegerField(label=gettext_lazy("Hours after that"), min_value=0, max_value=90 * 24)
    calendar = forms.ChoiceField(label=gettext_lazy("Counted in"), required=False)
    every = forms.IntegerField(label=gettext_lazy("Days between two rounds"), min_value=7, max_value=730)
    quiet = forms.IntegerField(
        label=gettext_lazy("One person at most once in so many days"),
        min_value=0,
        max_value=730,
        help_text=gettext_lazy("Whatever survey they were asked last."),
    )
    sampling = forms.IntegerField(
        label=gettext_lazy("Of a hundred, so many are asked"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Which ones is drawn once and for all."),
    )
    remind = forms.IntegerField(
        label=gettext_lazy("Days until the one reminder"),
        min_value=0,
        max_value=20,
        help_text=gettext_lazy("0: no reminder."),
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("Answers are anonymous"),
        required=False,
        help_text=gettext_lazy(
            "They are kept without customer and ticket, with the month only. Nobody can be called back on "
            "them, and they cannot be changed."
        ),
    )
    bad = forms.IntegerField(
        label=gettext_lazy("An answer up to this number is bad"), min_value=0, max_value=10
    )
    follows = forms.BooleanField(
        label=gettext_lazy("Promise a word after a bad answer"),
        required=False,
        help_text=gettext_lazy("The ticket is open again, and its assignee owes the customer a word."),
    )
    follow_up = forms.IntegerField(
        label=gettext_lazy("Within so many working hours"), min_value=1, max_value=400, required=False
    )

    def __init__(self, data=None, *, survey=None, **options):
        super().__init__(data, initial=_initial(survey), **options)
        rows = [(str(row.pk), row.name) for row in calendars()]
        self.fields["calendar"].choices = [("", _("every hour")), *rows]
        self.by_pk = {str(row.pk): row for row in calendars()}
        for code, _name in settings.LANGUAGES:
            for part, label in PART_NAMES.items():
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=label, max_length=wording.LONGEST, required=False
                )

    def clean(self):
        given = super().clean()
        if given.get("follows") and not given.get("follow_up"):
            self.add_error("follow_up", _("Say within how many hours."))
        return given

    def settings(self):
        """What keep_survey takes, but for the conditions."""
        given = self.cleaned_data
        plain = ("name", "kind", "when", "every", "quiet", "sampling", "remind", "anonymous", "bad")
        return {
            **{name: given[name] for name in plain},
            "delay": given["delay"] * HOUR,
            "calendar": self.by_pk.get(given["calendar"]),
            "follow_up": given["follow_up"] if given["follows"] else None,
            "words": self.words(),
        }

    def words(self):
        """{language: {part: what somebody wrote}}, also while other fields are not understood."""
        return {
            code: {part: (self[f"{part}_{code}"].value() or "").strip() for part in PART_NAMES}
            for code, _name in settings.LANGUAGES
        }

    def languages(self):
        """For the page: each language with its fields, and our own words where none are written."""
        kind, when = self["kind"].value() or Kind.CSAT, self["when"].value() or When.RESOLVED
        kind = kind if kind in SCALES else Kind.CSAT
        shown = []
        for code, name in own_names():
            with translation.override(code):
                ours = wording.built_in(kind, ABOUT.get(when, "ticket"))
            fields = [(self[f"{part}_{code}"], ours[part]) for part in PART_NAMES]
            own = any(field.value() for field, _ours in fields)
            shown.append({"code": code, "name": name, "fields": fields, "own": own})
        return shown


def _initial(survey):
    if survey is None:
        bad = SCALES[Kind.CSAT].bad
        first = calendars().first()
        return {
            "kind": Kind.CSAT,
            "when": When.RESOLVED,
            "delay": 4,
            "calendar": str(first.pk) if first else "",
            **{"every": 90, "quiet": 30, "sampling": 100, "remind": 3, "bad": bad},
            **{"follows": True, "follow_up": 8},
        }
    plain = ("name", "kind", "when", "every", "quiet", "sampling", "remind", "anonymous", "bad")
    words = {f"{part}_{code}": said for code, parts in survey.words.items() for part, said in parts.items()}
    return {
        **{name: getattr(survey, name) for name in plain},
        "delay": survey.delay // HOUR,
        "calendar": str(survey.calendar_id or ""),
        "follows": survey.follow_up is not None,
        "follow_up": survey.follow_up or 8,
        **words,
    }
