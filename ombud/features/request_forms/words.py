"""Names, questions and answers in the reader's language."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Company
from ombud.ui.times import day

from .models import Ask


def said(by_language):
    """Words of ours in the active language, else in the company's, else in any that there are."""
    if words := by_language.get(get_language()):
        return words
    company = Company.ours()
    wanted = (company and company.language, settings.LANGUAGE_CODE)
    found = next((by_language[code] for code in wanted if by_language.get(code)), "")
    return found or next((words for words in by_language.values() if words), "")


def facts(answers):
    """[(question, answer)] of what was answered; what was left out is not there."""
    return [
        (said(question["labels"]), words)
        for question in answers.questions
        if (words := told(question, answers.values.get(question["key"])))
    ]


def told(question, value):
    """One answer in words; "" for none."""
    if value in (None, "", False):
        return ""
    if question["ask"] == Ask.CHECKBOX:
        return _("Yes")
    if question["ask"] == Ask.CHOICE:
        choices = question["choices"]
        return said(choices[int(value)]) if int(value) < len(choices) else ""
    if question["ask"] == Ask.DATE:
        return day(date.fromisoformat(value))
    if question["ask"] == Ask.NUMBER:
        return number_format(Decimal(value))
    return str(value)
