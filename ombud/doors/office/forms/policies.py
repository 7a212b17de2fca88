"""SLA policies: what is promised, in the words of whoever writes it, and who is warned."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.queries import calendars
from ombud.spine.sla import durations
from ombud.spine.sla.actions.policies import LONGEST
from ombud.spine.sla.models import Kind
from ombud.spine.sla.models.promises import PROMISED
from ombud.spine.sla.queries import Clocks
from ombud.spine.tickets.models import Priority, Status

from .conditions import BoxesField, ConditionsForm
from .levels import bars_of

SAME = "same"
WHOM = (
    ("holder", gettext_lazy("whoever holds the ticket")),
    ("leads", gettext_lazy("the leads of its team")),
)
WAYS = (
    ("product", gettext_lazy("in the product")),
    ("mail", gettext_lazy("by mail")),
    ("digest", gettext_lazy("in a digest by mail")),
)
SHORTEST = 60  # seconds


class WarningForm(forms.Form):
    """Whom to tell when so much of the time has passed, and how."""

    percent = forms.IntegerField(label=gettext_lazy("Percent"), min_value=1, max_value=100, required=False)
    to = forms.ChoiceField(label=gettext_lazy("Whom"), choices=WHOM)
    by = forms.ChoiceField(label=gettext_lazy("How"), choices=WAYS)


WarningForms = forms.formset_factory(WarningForm, extra=1, can_delete=True, max_num=20)


class TermsForm(forms.Form):
    """What is promised: a field for each priority and kind, how it is counted, and when it pauses."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    pauses = BoxesField(
        gettext_lazy("The next update and the resolution stand still while a ticket is"),
        [(Status.WAITING, Status.WAITING.label), (Status.ON_HOLD, Status.ON_HOLD.label)],
    )
    pause_limit = forms.CharField(
        label=gettext_lazy("At most"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Around the clock; then it runs again by itself. Empty: as long as it takes."),
    )
    for_running = forms.BooleanField(
        label=gettext_lazy("Also for running tickets"),
        required=False,
        help_text=gettext_lazy(
            "Everything that is owed is looked at again: due times may move. Without it, a running promise "
            "keeps the version it was made with."
        ),
    )

    def __init__(self, data=None, *, name="", terms=None, **options):
        terms = terms or {}
        self.clocks, self.rows, self._lengths = Clocks(), _calendars(terms), {}
        super().__init__(data, initial=self._initial(name, terms), **options)
        self.is_mixed = any(_is_mixed(terms.get("targets", {}).get(p, {})) for p in Priority.values)
        named = [(str(row.pk), row.name) for row in self.rows]
        counted = [("", _("every hour")), *named]
        for priority in Priority:
            self._add_row(priority, counted)

    def _add_row(self, priority, counted):
        for kind in PROMISED:
            self.fields[f"{priority}_{kind}"] = forms.CharField(
                label=f"{Kind(kind).label}, {priority.label}",
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )
        self.fields[f"{priority}_calendar"] = forms.ChoiceField(
            label=_("Counted in, %(priority)s") % {"priority": priority.label},
            choices=counted,
            required=False,
        )
        self.fields[f"{priority}_first"] = forms.ChoiceField(
            label=_("First reply counted in, %(priority)s") % {"priority": priority.label},
            choices=[(SAME, _("first reply: the same")), *((key, _first(words)) for key, words in counted)],
            required=False,
        )

    # What stands in the fields at first

    def _initial(self, name, terms):
        limit = terms.get("pause_limit")
        initial = {"name": name, "pauses": terms.get("pauses", [])}
        initial["pause_limit"] = pause_words(limit) if limit else ""
        for priority in Priority.values:
            initial |= self._initial_row(priority, terms.get("targets", {}).get(priority, {}))
        return initial

    def _initial_row(self, priority, kinds):
        rest = [kinds[kind].get("calendar") for kind in PROMISED[1:] if kind in kinds]
        first = kinds.get(Kind.FIRST_REPLY, {}).get("calendar")
        calendar = rest[0] if rest else first
        if not kinds and self.rows:
            calendar = self.rows[0].pk
        row = {
            f"{priority}_calendar": str(calendar or ""),
            f"{priority}_first": SAME
            if first == calendar or Kind.FIRST_REPLY not in kinds
            else str(first or ""),
        }
        for kind, target in kinds.items():
            lengths = self.lengths(target.get("calendar"))
            row[f"{priority}_{kind}"] = durations.words(target["seconds"], target.get("written", ""), lengths)
        return row

    def lengths(self, calendar):
        """How long a day and a week are in a calendar."""
        if calendar not in self._lengths:
            self._lengths[calendar] = durations.lengths_of(self.clocks(calendar))
        return self._lengths[calendar]

    # What was written

    def clean(self):
        given = super().clean()
        self.targets = {}
        for priority in Priority.values:
            kinds = {kind: self._target(priority, kind) for kind in PROMISED}
            self.targets[priority] = {kind: target for kind, target in kinds.items() if target}
        self.limit = self._read("pause_limit", durations.AROUND_THE_CLOCK)
        if not any(self.targets.values()) and not self.errors:
            self.add_error(None, _("Promise something: at least one target for one priority."))
        return given

    def _target(self, priority, kind):
        calendar = self.calendar_of(priority, kind)
        read = self._read(f"{priority}_{kind}", self.lengths(calendar))
        if read is None:
            return None
        seconds, written = read
        counted = {"calendar": calendar} if calendar else {}
        return {"seconds": seconds, **counted, "written": written}

    def _read(self, name, lengths):
        """(seconds, as it was written) of a field; None where nothing is promised or it is not understood."""
        try:
            duration = durations.read(self.cleaned_data.get(name) or "", lengths)
        except durations.NotUnderstood:
            self.add_error(name, _("Write it like 30 min, 4 h, 2 days or 1 d 4 h."))
            return None
        if duration is None:
            return None
        seconds = duration.seconds(lengths)
        if not SHORTEST <= seconds <= LONGEST:
            self.add_error(name, _("Between a minute and a year."))
            return None
        return seconds, duration.canonical

    def calendar_of(self, priority, kind):
        """The calendar's id in which a promise is to be counted, or None for every hour."""
        chosen = self._value(f"{priority}_calendar")
        if kind == Kind.FIRST_REPLY and self._value(f"{priority}_first") != SAME:
            chosen = self._value(f"{priority}_first")
        known = {str(row.pk): row.pk for row in self.rows}
        return known.get(chosen or "")

    def _value(self, name):
        value = self[name].value()
        return SAME if value is None else str(value)

    def terms(self):
        """As keep_policy takes them, but for the warnings."""
        given = self.cleaned_data
        terms = {"targets": {p: kinds for p, kinds in self.targets.items() if kinds}}
        terms["pauses"] = given["pauses"]
        if self.limit:
            terms["pause_limit"], _written = self.limit
        return terms

    # What the page shows

    def matrix(self):
        """A row for each priority: {priority, bars, cells: [{field, means}], calendar, first}."""
        return [
            {
                "priority": priority,
                "bars": bars_of(priority),
                "cells": [self._cell(priority, kind) for kind in PROMISED],
                "calendar": self[f"{priority}_calendar"],
                "first": self[f"{priority}_first"],
            }
            for priority in Priority
        ]

    def _cell(self, priority, kind):
        field = self[f"{priority}_{kind}"]
        lengths = self.lengths(self.calendar_of(priority, kind))
        return {"kind": kind, "field": field, "means": _means(field.value() or "", lengths)}


def _calendars(terms):
    """The calendars in use, and those by which something is counted although they are not any more."""
    rows = list(calendars())
    wanted = {
        target.get("calendar") for kinds in terms.get("targets", {}).values() for target in kinds.values()
    }
    gone = wanted - {None, *(row.pk for row in rows)}
    return [*rows, *(Calendar.objects.light().filter(pk__in=gone) if gone else ())]


def pause_words(seconds):
    """A longest pause; around the clock, so that a day is a day."""
    days, rest = divmod(seconds, durations.DAY)
    return durations.in_hours(seconds) if rest else durations.words(seconds, f"{days}d")


def _means(written, lengths):
    """How many hours days and weeks are; nothing for what was said in hours."""
    try:
        duration = durations.read(written, lengths)
    except durations.NotUnderstood:
        return ""
    if duration is None or not (duration.days or duration.weeks):
        return ""
    return "= " + durations.in_hours(duration.seconds(lengths))


def _first(words):
    return _("first reply: %(counted)s") % {"counted": words}


def _is_mixed(kinds):
    """Whether its promises, without the first reply, are counted in more than one way."""
    return len({target.get("calendar") for kind, target in kinds.items() if kind != Kind.FIRST_REPLY}) > 1


class Editor:
    """All forms of a policy's page together."""

    def __init__(self, data=None, *, name="", terms=None, conditions=None):
        self.form = TermsForm(data, name=name, terms=terms)
        self.conditions = ConditionsForm(data, conditions=conditions)
        self.warnings = WarningForms(data, prefix="warnings", initial=(terms or {}).get("warnings", []))

    @property
    def parts(self):
        return (self.form, self.conditions, self.warnings)

    def is_valid(self):
        """Whether everything was understood; each part says what was not."""
        understood = [part.is_valid() for part in self.parts]  # all of them, so that all is said at once
        return all(understood)

    @property
    def has_errors(self):
        """Whether something was posted and not understood."""
        errors = (self.form.errors, self.conditions.errors, any(self.warnings.errors))
        return self.form.is_bound and any(errors)

    def terms(self):
        """As keep_policy takes them."""
        given = [form.cleaned_data for form in self.warnings.forms]
        warnings = [
            {key: one[key] for key in ("percent", "to", "by")}
            for one in given
            if one.get("percent") and not one.get("DELETE")
        ]
        return self.form.terms() | {"warnings": sorted(warnings, key=lambda one: one["percent"])}
