"""How a customer is spoken to: in which language, and by what name."""

from django.conf import settings
from django.utils import translation


def language_for(ticket, company):
    """The language in which this customer is written to: the first of these that we speak."""
    candidates = (
        ticket.language,
        ticket.customer.language,
        ticket.mailbox.language if ticket.mailbox else "",
        company.language if company else "",
    )
    return next((spoken for code in candidates if (spoken := _spoken(code))), settings.LANGUAGE_CODE)


def called(name):
    """How we call somebody: the first of two names, a Chinese name whole; nothing if it may not be a name."""
    name = " ".join(name.split())
    if not name or len(name) > 60 or any(letter in name for letter in "@,/()") or any(map(str.isdigit, name)):
        return ""
    if any("\u3400" <= letter <= "\u9fff" for letter in name):
        return name
    first, *others = name.split()
    return first if others and len(first) > 1 and not first.endswith(".") else name


def _spoken(code):
    if not code:
        return None
    try:
        return translation.get_supported_language_variant(code.lower().replace("_", "-"))
    except LookupError:
        return None
