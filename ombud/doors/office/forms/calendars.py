"""Working calendars: hours as they are typed, different weeks, holidays, days of one's own, a feed."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.foundation.clock import plans, typed, words
from ombud.foundation.clock.feeds import read_file
from ombud.foundation.clock.words import sentence as said
from ombud.lib.working_time import Refused
from ombud.lib.working_time.reading import WEEKDAYS
from ombud.lib.working_time.times import read_intervals
from ombud.lib.working_time.wall import DAY_SECONDS

from .fields import ZoneField

AHEAD = timedelta(days=370)
WORKED = (
    ("closed", gettext_lazy("Closed all day")),
    ("usual", gettext_lazy("Worked as usual")),
    ("hours", gettext_lazy("Open only")),
)


class HoursField(forms.CharField):
    """A day's hours, “9:00–12:00, 13:00–17:30”; cleaned, they are as a plan writes them."""

    def __init__(self, **options):
        attrs = {"autocomplete": "off", "spellcheck": "false", "data-hours": "", **options.pop("attrs", {})}
        super().__init__(required=False, max_length=200, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value):
        try:
            return typed.read_typed("hours", super().clean(value))
        except Refused as refused:
            raise ValidationError(said(refused)) from None


def bars(text):
    """What typed hours draw, in percents of the day; nothing for what is not understood."""
    try:
        intervals = read_intervals("hours", typed.read_typed("hours", text or ""))
    except Refused:
        return []
    return [(opens / DAY_SECONDS * 100, min(closes / DAY_SECONDS, 1) * 100) for opens, closes in intervals]


class DayField(forms.DateField):
    """A day of the year."""

    def __init__(self, **options):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


class HoursOfAWeek(forms.Form):
    """A field for each weekday, mon to sun."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        names = words.weekdays("wide")
        for day, name in zip(WEEKDAYS, names, strict=True):
            self.fields[day] = HoursField(label=name)

    def week(self):
        """The hours as a plan writes them."""
        return {day: self.cleaned_data[day] for day in WEEKDAYS if self.cleaned_data.get(day)}

    def days(self):
        """Its seven fields for the page, with the bars that they draw."""
        return [(self[day], bars(self[day].value())) for day in WEEKDAYS]


class CalendarForm(HoursOfAWeek):
    """The calendar itself and the week that is usual."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    time_zone = ZoneField(
        help_text=gettext_lazy("Its clock on the wall counts, also when it is put forward.")
    )
    always = forms.BooleanField(label=gettext_lazy("Around the clock"), required=False)
    make_up = forms.BooleanField(
        label=gettext_lazy("Weekend days that make up for a holiday are worked"),
        required=False,
        help_text=gettext_lazy("Where a country announces them, as China does; with the hours of a Monday."),
    )
    feed_url = forms.CharField(
        label=gettext_lazy("Address of the feed"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://calendar.example.com/closed.ics"}),
        help_text=gettext_lazy("It is fetched every six hours."),
    )
    feed_file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    forget_feed = forms.BooleanField(label=gettext_lazy("Take the feed away"), required=False)

    def clean_feed_file(self):
        file = self.cleaned_data["feed_file"]
        if not file:
            return None
        try:
            return file.name, read_file(file.read())
        except Refused as refused:
            raise ValidationError(said(refused)) from None

    def feed(self):
        """What keep_calendar takes of the feed; nothing where nothing is to change."""
        given = self.cleaned_data
        if given["forget_feed"]:
            return {"feed_url": "", "feed": "", "feed_name": ""}
        if given["feed_file"]:
            name, text = given["feed_file"]
            return {"feed": text, "feed_name": name[-200:]}
        return {"feed_url": given["feed_url"]} if given["feed_url"] else {}


class Spread(forms.Form):
    """Something from one day to another, perhaps every year."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, required=False)
    since = DayField(label=gettext_lazy("From"), required=False)
    until = DayField(label=gettext_lazy("Until"), required=False)
    yearly = forms.BooleanField(label=gettext_lazy("Every year"), required=False)

    def clean(self):
        given = super().clean()
        if self.has_changed() and not given.get("DELETE") and not given.get("since") and not self.errors:
            self.add_error("since", _("Write the day on which it begins."))
        return given

    def entry(self):
        """It as a plan writes it."""
        given = self.cleaned_data
        entry = {"name": given["name"], "from": given["since"].isoformat(), "yearly": given["yearly"]}
        return entry | ({"to": given["until"].isoformat()} if given["until"] else {})


class WeekForm(Spread, HoursOfAWeek):
    """Other hours from one day to another."""

    def entry(self):
        return super().entry() | {"hours": self.week()}


class DayForm(Spread):
    """A day, or some, of one's own: closed, or with hours of their own."""

    hours = HoursField(label=gettext_lazy("Hours"), attrs={"placeholder": gettext_lazy("closed all day")})

    def entry(self):
        return super().entry() | {"hours": self.cleaned_data["hours"]}


class HolidayForm(forms.Form):
    """A public holiday by its name, and whether we work on it."""

    name = forms.CharField(widget=forms.HiddenInput)
    work = forms.ChoiceField(label=gettext_lazy("That day"), choices=WORKED)
    hours = HoursField(label=gettext_lazy("Hours"), attrs={"placeholder": "9:00–13:00"})

    def clean(self):
        given = super().clean()
        if given.get("work") == "hours" and not given.get("hours") and "hours" not in self.errors:
            self.add_error("hours", _("Write the hours, like 9:00–13:00."))
        return given


WeekForms = forms.formset_factory(WeekForm, extra=1, can_delete=True, max_num=40)
DayForms = forms.formset_factory(DayForm, extra=2, can_delete=True, max_num=400)
HolidayForms = forms.formset_factory(HolidayForm, extra=0, max_num=400)


class Editor:
    """All forms of a calendar's page together. `plan()` is what they say."""

    def __init__(self, row=None, *, now, data=None, files=None, plan=None, language="en"):
        self.row, self.language = row, row.plan.get("language", language) if row else language
        plan = plan or (row.plan if row else {})
        self.form = CalendarForm(data, files, initial=_own(row, plan))
        self.weeks = WeekForms(data, prefix="weeks", initial=[_week(one) for one in plan.get("weeks", [])])
        self.days = DayForms(data, prefix="days", initial=[_day(one) for one in plan.get("days", [])])
        self.holidays = HolidayForms(data, prefix="holidays", initial=_worked(row, plan, now))
        self.places = [one for one in data.getlist("places") if one] if data else plan.get("holidays", [])

    def place_names(self):
        """The chosen countries and regions, as [(code, name)]."""
        known = self.row.public.get("regions", {}) if self.row else {}
        return [(code, words.place(code, known)) for code in self.places]

    @property
    def parts(self):
        return (self.form, self.weeks, self.days, self.holidays)

    def is_valid(self):
        """Whether everything was understood; each part says what was not."""
        understood = [part.is_valid() for part in self.parts]  # all of them, so that all is said at once
        return all(understood)

    def has_errors(self):
        """Whether something was posted and not understood."""
        return self.form.is_bound and any(self.sentences())

    def sentences(self):
        """All that was not understood."""
        for part in self.parts:
            yield from map(str, getattr(part, "non_form_errors", list)())
            for errors in part.errors if isinstance(part.errors, list) else [part.errors]:
                for field in errors.values():
                    yield from map(str, field)

    def plan(self):
        """The plan that keep_calendar takes."""
        given = self.form.cleaned_data
        plan = {
            "timezone": given["time_zone"],
            "hours": "24x7" if given["always"] else self.form.week(),
            "weeks": _entries(self.weeks),
            "days": _entries(self.days),
            "holidays": list(dict.fromkeys(self.places)),
            "worked": {
                one["name"]: plans.USUAL if one["work"] == "usual" else one["hours"]
                for one in (form.cleaned_data for form in self.holidays)
                if one["work"] != "closed"
            },
            "language": self.language,
        }
        return plan | ({"make_up": True} if given["make_up"] else {})


def _entries(formset):
    forms = [form for form in formset if form.cleaned_data.get("since") and not form.cleaned_data["DELETE"]]
    return sorted((form.entry() for form in forms), key=lambda entry: entry["from"])


def _own(row, plan):
    week = plan.get("hours", {})
    return {
        "name": row.name if row else "",
        "time_zone": plan.get("timezone", ""),
        "always": week == "24x7",
        "make_up": plan.get("make_up", False),
        "feed_url": row.feed_url if row else "",
        **({} if week == "24x7" else _typed(week)),
    }


def _typed(week):
    if week == "24x7":
        week = {day: [["00:00", "24:00"]] for day in WEEKDAYS}
    return {day: typed.shown(intervals) for day, intervals in week.items()}


def _when(entry):
    return {"since": entry["from"], "until": entry.get("to"), "yearly": entry.get("yearly", False)}


def _week(entry):
    return {"name": entry.get("name", ""), **_when(entry), **_typed(entry["hours"])}


def _day(entry):
    return {"name": entry.get("name", ""), **_when(entry), "hours": typed.shown(entry.get("hours", []))}


def _worked(row, plan, now):
    """Each holiday of the coming year once, by its name, and those about which somebody chose something."""
    worked = plan.get("worked", {})
    names = dict.fromkeys([*in_sight(row.public if row else {}, now), *worked])
    return [holiday(name, worked.get(name)) for name in names]


def in_sight(public, now):
    """{name: days} of the public holidays of the coming year, in its order."""
    first, last = now.date().isoformat(), (now + AHEAD).date().isoformat()
    found = {}
    for day, name in sorted(public.get("holidays", {}).items()):
        if first <= day <= last:
            found.setdefault(name, []).append(date.fromisoformat(day))
    return found


def holiday(name, worked):
    """What the form begins with for a holiday."""
    if worked is None:
        return {"name": name, "work": "closed"}
    if worked == plans.USUAL:
        return {"name": name, "work": "usual"}
    return {"name": name, "work": "hours", "hours": typed.shown(worked)}
