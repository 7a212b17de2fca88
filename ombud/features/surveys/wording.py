"""What a survey asks, in the language that is active: its own words, or ours where it has none."""

from types import SimpleNamespace

from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Company
from ombud.spine.tickets import speaking

PARTS = ("question", "intro", "low", "high")
LONGEST = 300


def built_in(kind, about):
    """{part: words} that need no writing, in the active language. `about`: ticket, escalation or us."""
    return {**_questions(kind), "intro": _intro(about)}


def _questions(kind):
    if kind == "nps":
        return {
            "question": _("How likely are you to recommend {company} to a colleague or a friend?"),
            "low": _("not at all likely"),
            "high": _("extremely likely"),
        }
    if kind == "ces":
        return {
            "question": _("How easy was it to get help from us?"),
            "low": _("very hard"),
            "high": _("very easy"),
        }
    return {
        "question": _("How satisfied are you with our help?"),
        "low": _("not at all satisfied"),
        "high": _("completely satisfied"),
    }


def _intro(about):
    if about == "escalation":
        return _("What you had escalated is settled: “{subject}”. Tell us how we did, so that we do better.")
    if about == "us":
        return _("You have worked with us for a while. Tell us what you think of us as a whole.")
    return _("Your request “{subject}” is done. Tell us how it was for you.")


def asked(survey, *, subject, company):
    """{part: words} of a survey in the active language, filled in; ours where it has none of its own."""
    own = survey.words.get(translation.get_language().lower(), {})
    about = {"resolved": "ticket", "reviewed": "escalation", "round": "us"}[survey.when]
    ours = built_in(survey.kind, about)
    subject = subject.strip() or _("without a subject")
    return {
        part: (own.get(part) or ours[part]).replace("{company}", company).replace("{subject}", subject)
        for part in PARTS
    }


def subject_of(survey, number, company):
    """What stands over the mail."""
    if survey.kind == "nps":
        return _("Would you recommend %(company)s? One question") % {"company": company}
    sentence = (
        _("How easy was it? One question") if survey.kind == "ces" else _("How did we do? One question")
    )
    return f"{sentence} · #{number}" if number else sentence


def language_for(ticket, customer):
    """The language in which this customer is asked: the ticket's, theirs, their company's, ours."""
    if ticket is None:
        account = customer.account
        language = customer.language or (account.language if account else "")
        ticket = SimpleNamespace(language=language, customer=customer, mailbox=None)
    return speaking.language_for(ticket, Company.ours())
