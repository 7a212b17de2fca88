"""A kind of request and its questions: one row of inputs for each, in every language."""

from django.conf import settings

from ombud.features.request_forms.actions import MOST
from ombud.features.request_forms.models import Ask

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LONGEST = 300  # letters of a question


def read(posted):
    """What stands in the page: names, abouts and questions, as `keep_kind` takes them."""
    return {
        "names": _by_language(posted, "name"),
        "abouts": _by_language(posted, "about"),
        "questions": [_question(posted, f"q{at}") for at in range(_many(posted))],
    }


def moved(questions, do):
    """The same after a button: add, or up:2, down:2, drop:2."""
    deed, _colon, place = do.partition(":")
    at = int(place) if place.isdecimal() else -1
    questions = list(questions)
    if deed == "add" and len(questions) < MOST:
        questions.append(blank())
    elif 0 <= at < len(questions):
        one = questions.pop(at)
        if deed != "drop":
            questions.insert(max(at + (-1 if deed == "up" else 1), 0), one)
    return questions


def blank():
    """A question that nobody has written yet."""
    return {"key": "", "ask": Ask.TEXT.value, "required": False, "labels": {}, "helps": {}, "choices": []}


def choices_in(question, language):
    """Its choices in one language, a line each."""
    return "\n".join(choice.get(language, "") for choice in question["choices"]).rstrip()


def _many(posted):
    given = posted.get("many", "")
    return min(int(given), MOST) if given.isdecimal() else 0


def _question(posted, prefix):
    lines = {
        code: [line.strip()[:LONGEST] for line in posted.get(f"{prefix}-choices-{code}", "").splitlines()]
        for code in LANGUAGES
    }
    longest = max(len(one) for one in lines.values())
    choices = [
        {code: one[at] for code, one in lines.items() if at < len(one) and one[at]} for at in range(longest)
    ]
    return {
        "key": posted.get(f"{prefix}-key", "")[:16],
        "ask": posted.get(f"{prefix}-ask", ""),
        "required": bool(posted.get(f"{prefix}-required")),
        "labels": _by_language(posted, f"{prefix}-label"),
        "helps": _by_language(posted, f"{prefix}-help"),
        "choices": [choice for choice in choices if choice],
    }


def _by_language(posted, name):
    given = {code: posted.get(f"{name}-{code}", "").strip()[:LONGEST] for code in LANGUAGES}
    return {code: words for code, words in given.items() if words}
