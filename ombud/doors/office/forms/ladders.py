"""The editor of a ladder: its rungs, at what it begins, and how long somebody may have it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.clock.queries import calendars
from ombud.foundation.people.models import AccountSeat, Person, Role, Team
from ombud.spine.ladders.checking import address_trouble
from ombud.spine.ladders.rungs import AFTER_A_WHILE, DEEDS, OF_PROMISES, PATIENCE, STARTS, WAYS
from ombud.spine.ladders.webhooks import secret_of
from ombud.spine.ladders.words import DEEDS as DEED_WORDS
from ombud.spine.ladders.words import SEATS, start_words
from ombud.spine.ladders.words import WAYS as WAY_WORDS
from ombud.spine.sla import durations
from ombud.spine.sla.models import Kind
from ombud.spine.sla.queries import Clocks
from ombud.ui.values import listed

from .conditions import BoxesField, ConditionsForm

ROLES = (Role.HEAD, Role.ESCALATION_MANAGER, Role.LEAD, Role.ENGINEER, Role.ASSOCIATE, Role.SPONSOR)
HOLDER, TOP = "holder", f"role:{Role.HEAD}"
HALF_AN_HOUR = 1800  # seconds: what a new rung begins with


class Offers:
    """Whom and what a rung can name, asked for once for all rungs of a page."""

    def __init__(self, draft):
        self.clocks, self._lengths = Clocks(), {}
        people = Person.objects.working().order_by("name").values_list("pk", "name")
        teams = Team.objects.filter(archived_at=None).order_by("name").values_list("pk", "name")
        self.whom = [
            (
                _("Of the ticket"),
                [
                    (HOLDER, _("Who holds the ticket")),
                    ("leads", _("Who leads its team")),
                    ("manager", _("Who leads its escalation")),
                ],
            ),
            (_("Of the account"), [(f"seat:{seat}", _(SEATS[seat])) for seat in AccountSeat.Seat.values]),
            (_("Everybody with a role"), [(f"role:{role}", role.label) for role in _roles()]),
        ]
        teams = list(teams)
        if teams:
            self.whom += [
                (
                    _("On duty by the rota"),
                    [(f"duty:{pk}", _("{team}, on duty").format(team=name)) for pk, name in teams],
                ),
                (
                    _("One after the other"),
                    [(f"turn:{pk}", _("{team}, in turn").format(team=name)) for pk, name in teams],
                ),
                (
                    _("A whole team"),
                    [(f"team:{pk}", _("Everybody in {team}").format(team=name)) for pk, name in teams],
                ),
            ]
        self.whom.append((_("A person"), [(f"person:{pk}", name) for pk, name in people]))
        self.whom += self._gone(draft)
        self.calendars = [("", _("every hour")), *((str(row.pk), row.name) for row in calendars())]

    def _gone(self, draft):
        """Who stands on a rung and is offered no longer stays there until somebody chooses another."""
        known = {value for _group, choices in self.whom for value, _words in choices}
        gone = [value for value in map(whom_value, draft.get("rungs", ())) if value not in known]
        return (
            [(_("Not there any more"), [(value, _("somebody who is not there any more")) for value in gone])]
            if gone
            else []
        )

    def lengths(self, calendar):
        """How long a day and a week are in a calendar."""
        if calendar not in self._lengths:
            self._lengths[calendar] = durations.lengths_of(self.clocks(calendar))
        return self._lengths[calendar]


def _roles():
    return [*ROLES, *(role for role in Role if role not in ROLES)]


def whom_value(rung):
    """Who stands on a rung, as the form's choice names them."""
    whom = rung["whom"]
    return f"{whom['kind']}:{whom['of']}" if whom.get("of") is not None else whom["kind"]


class TimeField(forms.CharField):
    """A time as somebody writes it; its seconds are worked out by the form, which knows the calendar."""

    def __init__(self, **options):
        attrs = {"autocomplete": "off", "spellcheck": "false", "class": "input number", "data-size": "small"}
        super().__init__(required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **options)


class Timed(forms.Form):
    """A form with typed times."""

    def seconds(self, name, calendar=None, none=None):
        """What was written, in seconds; `none` where nothing was."""
        words = (self.cleaned_data.get(name) or "").strip()
        if words.casefold() in ("", "0", _("at once").casefold()):
            return none
        try:
            duration = durations.read(words, self.offers.lengths(calendar))
        except durations.NotUnderstood:
            self.add_error(name, _("Write it like 15 min, 4 h or 1 day."))
            return none
        return duration.seconds(self.offers.lengths(calendar)) if duration else none

    def calendar(self, name):
        """The chosen calendar's id, or None."""
        chosen = self.cleaned_data.get(name)
        return int(chosen) if chosen else None


class RungForm(Timed):
    """One rung."""

    whom = forms.ChoiceField(label=gettext_lazy("Whom"))
    after = TimeField(label=gettext_lazy("After"))
    calendar = forms.ChoiceField(label=gettext_lazy("Counted in"), required=False)
    by = BoxesField(gettext_lazy("How"), [(way, way) for way in WAYS])
    repeat = TimeField(label=gettext_lazy("Again every"))
    times = forms.IntegerField(
        label=gettext_lazy("At most so many times"), required=False, min_value=0, max_value=99
    )
    does = BoxesField(gettext_lazy("It also"), [(deed, deed) for deed in DEEDS])
    url = forms.CharField(
        label=gettext_lazy("Address of the other system"),
        max_length=500,
        required=False,
        widget=forms.URLInput(
            attrs={"class": "input", "data-size": "small", "placeholder": "https://", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, offers, **options):
        super().__init__(*args, **options)
        self.offers = offers
        self.fields["whom"].choices = offers.whom
        self.fields["calendar"].choices = offers.calendars
        self.fields["by"].choices = [(way, _(WAY_WORDS[way])) for way in WAYS]
        self.fields["does"].choices = [(deed, _(DEED_WORDS[deed])) for deed in DEEDS]

    def clean(self):
        given = super().clean()
        if not given.get("by") and "by" not in self.errors:
            self.add_error("by", _("Say how they are told."))
        calendar = self.calendar("calendar")
        kind, _colon, of = (given.get("whom") or HOLDER).partition(":")
        self.rung = {
            "whom": {"kind": kind} | ({"of": int(of) if of.isdigit() else of} if of else {}),
            "after": self.seconds("after", calendar, none=0),
            "calendar": calendar,
            "by": given.get("by", []),
            "repeat": self.seconds("repeat"),
            "times": given.get("times") or 0,
            "does": given.get("does", []),
        }
        self._read_address(given)
        return given

    def _read_address(self, given):
        url = (given.get("url") or "").strip()
        if "webhook" in (*self.rung["by"], *self.rung["does"]):
            wrong = address_trouble(url)
            if wrong:
                self.add_error("url", wrong)
            self.rung["url"] = url

    @property
    def secret(self):
        """With what the other system checks that it was us; nothing before it has an address."""
        url = self.initial.get("url")
        return secret_of(url) if url else ""

    @property
    def more_words(self):
        """What it does besides telling once, in a few words."""
        repeat, does = self["repeat"].value(), self["does"].value() or ()
        again = _("told again every %(time)s") % {"time": repeat} if repeat else _("told once")
        return listed([again, *(_(DEED_WORDS[deed]) for deed in does if deed in DEED_WORDS)])


class StartForm(Timed):
    """At what a ladder begins, after how long, for which promises; for which tickets, the conditions say."""

    on = forms.ChoiceField(label=gettext_lazy("When"))
    after = TimeField(label=gettext_lazy("For how long"))
    calendar = forms.ChoiceField(label=gettext_lazy("Counted in"), required=False)
    kinds = BoxesField(gettext_lazy("Which promises"), Kind.choices)

    def __init__(self, *args, offers, conditions=None, **options):
        super().__init__(*args, **options)
        self.offers = offers
        self.fields["on"].choices = [(on, start_words(on)) for on in STARTS]
        self.fields["calendar"].choices = offers.calendars
        prefix = f"{self.prefix}-of"
        self.conditions = ConditionsForm(*args, conditions=conditions, prefix=prefix)

    def is_valid(self):
        return all([super().is_valid(), self.conditions.is_valid()])

    def clean(self):
        given = super().clean()
        self.lasting = {}
        if given.get("on") in AFTER_A_WHILE:
            calendar = self.calendar("calendar")
            seconds = self.seconds("after", calendar)
            if seconds is None and "after" not in self.errors:
                self.add_error("after", _("Say for how long: 30 min, 4 h or 1 day."))
            self.lasting = {"after": seconds, "calendar": calendar}
        return given

    def start(self):
        """It as a plan writes it."""
        given = self.cleaned_data
        start = {"on": given["on"], "kinds": given["kinds"] if given["on"] in OF_PROMISES else []}
        return start | self.lasting | {"conditions": self.conditions.conditions()}


class LadderForm(Timed):
    """Its name, and how long somebody may have it in silence, by priority."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)

    def __init__(self, *args, offers, **options):
        super().__init__(*args, **options)
        self.offers = offers
        for priority in PATIENCE:
            label = _("%(priority)s, at most") % {"priority": priority.upper()}
            self.fields[f"{priority}_time"] = TimeField(label=label)
            counted = _("Counted in, %(priority)s") % {"priority": priority.upper()}
            self.fields[f"{priority}_calendar"] = forms.ChoiceField(
                label=counted, choices=offers.calendars, required=False
            )

    def clean(self):
        given = super().clean()
        self.patience = {}
        for priority, usual in PATIENCE.items():
            calendar = self.calendar(f"{priority}_calendar")
            seconds = self.seconds(f"{priority}_time", calendar, none=usual)
            self.patience[priority] = {"seconds": seconds} | ({"calendar": calendar} if calendar else {})
        return given

    def patience_rows(self):
        """[(priority, time field, calendar field)]."""
        return [(p.upper(), self[f"{p}_time"], self[f"{p}_calendar"]) for p in PATIENCE]
