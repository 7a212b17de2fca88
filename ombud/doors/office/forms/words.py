"""Tags and quick replies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Team
from ombud.foundation.people.permissions import SHARE, may
from ombud.lib.mail import html_of, sanitise
from ombud.spine.tickets.models import Tag

from .fields import LanguageField


class TagForm(forms.Form):
    """A tag's name and what it means."""

    name = forms.CharField(label=_("Name"), max_length=60)
    meaning = forms.CharField(
        label=_("Meaning"),
        max_length=200,
        required=False,
        help_text=_("So that everybody uses it for the same thing."),
    )


class MergeForm(forms.Form):
    """Which tag takes the place of this one."""

    into = forms.ModelChoiceField(label=_("Into"), queryset=Tag.objects.none(), empty_label=_("Choose a tag"))

    def __init__(self, *args, tag, **options):
        super().__init__(*args, **options)
        self.fields["into"].queryset = Tag.objects.filter(archived_at=None).exclude(pk=tag.pk)


class QuickReplyForm(forms.Form):
    """Words used often, and whose they are."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("You find it by this, after “/”."))
    language = LanguageField(label=_("Language"), required=False, none=_("Any"))
    whose = forms.ChoiceField(label=_("Who may use it"))
    words = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    words_html = forms.CharField(required=False)

    def __init__(self, *args, by, quick_reply=None, **options):
        if quick_reply:
            options["initial"] = {
                "name": quick_reply.name,
                "language": quick_reply.language,
                "whose": whose(quick_reply),
                "words_html": quick_reply.html,
            }
        super().__init__(*args, **options)
        teams = Team.objects.filter(archived_at=None)
        choices = [("me", _("Only I"))]
        if may(by, SHARE):
            choices += [("all", _("Everybody")), *((f"team-{team.pk}", team.name) for team in teams)]
        elif quick_reply and quick_reply.owner_id != by.pk:
            choices = [(whose(quick_reply), _("As it is"))]
        self.fields["whose"].choices = choices
        self.by = by

    def settings(self):
        """What keep_quick_reply takes."""
        given = self.cleaned_data
        kind, _dash, number = given["whose"].partition("-")
        return {
            "name": given["name"],
            "language": given["language"],
            "html": sanitise(given["words_html"]) if given["words_html"] else html_of(given["words"]),
            "owner": self.by if kind == "me" else None,
            "team": Team.objects.get(pk=number) if kind == "team" else None,
        }


def whose(quick_reply):
    """The value of the choice for whose it is."""
    if quick_reply.owner_id:
        return "me"
    return f"team-{quick_reply.team_id}" if quick_reply.team_id else "all"
