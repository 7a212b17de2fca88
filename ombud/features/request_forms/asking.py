"""A kind of request as customers' forms ask it."""

from dataclasses import dataclass

from django import forms

from .actions import answer
from .models import Ask, RequestKind
from .queries import kinds_in_use
from .words import facts, said

PREFIX = "ask-"
MOST = 2000  # letters of one answer


def kinds():
    """What a customer may choose from, in the active language."""
    return [Kind(row, str(row.pk), said(row.names), said(row.abouts)) for row in kinds_in_use()]


@dataclass(frozen=True)
class Kind:
    """One of them: its name, a line about it, its fields; and what becomes of what was filled in."""

    row: RequestKind
    key: str
    name: str
    about: str

    def fields(self):
        """{name: form field}, in order."""
        return {PREFIX + question["key"]: _field(question) for question in self.row.questions}

    def words(self, given):
        """What was filled in as lines of text, for the message: so that search and mail have it, too."""
        shown = Filled(self.row.questions, self._values(given))
        return "\n".join(f"{question}: {words}" for question, words in facts(shown))

    def keep(self, ticket, given, *, now):
        """Write it down on the ticket that came of it."""
        answer(ticket, self.row, self._values(given), now=now)

    def _values(self, given):
        values = {
            name.removeprefix(PREFIX): value for name, value in given.items() if name.startswith(PREFIX)
        }
        return {key: _plain(value) for key, value in values.items() if value not in (None, "", False)}


@dataclass(frozen=True)
class Filled:
    """What stands in a form that is just being sent."""

    questions: list
    values: dict


def _plain(value):
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _field(question):
    options = {
        "label": said(question["labels"]),
        "help_text": said(question["helps"]),
        "required": question["required"],
    }
    ask = question["ask"]
    if ask == Ask.CHOICE:
        choices = [(str(place), said(words)) for place, words in enumerate(question["choices"])]
        widget = forms.RadioSelect if len(choices) <= 5 else forms.Select  # more are quicker found in a list
        if widget is forms.Select:
            choices.insert(0, ("", "…"))
        return forms.ChoiceField(choices=choices, widget=widget, **options)
    if ask == Ask.NUMBER:
        return forms.DecimalField(max_digits=16, decimal_places=4, widget=_number(), **options)
    if ask == Ask.DATE:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
    if ask == Ask.CHECKBOX:
        return forms.BooleanField(**options)
    widget = forms.Textarea(attrs={"rows": 3}) if ask == Ask.LONG else forms.TextInput()
    return forms.CharField(max_length=MOST, widget=widget, **options)


def _number():
    return forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
