"""What templates of the office may ask for; functions, so that what is not asked costs nothing."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from ombud.foundation.people.models import Company
from ombud.foundation.people.queries import demo_people


def threshold(request):
    """The company, the demo's people and the languages, for sign-in, first run and error pages."""
    return {
        "our_company": Company.ours,
        "demo_people": demo_people,
        "ticket_url": ticket_url,
        "contact_url": contact_url,
        "page_url": page_url,
        "names": {code: capfirst(info.get("name_local", code)) for code, info in LANG_INFO.items()},
        "languages": [(code, capfirst(LANG_INFO[code]["name_local"])) for code, _name in settings.LANGUAGES],
    }


def ticket_url(number):
    """Where the agent's door shows a ticket."""
    return _reversed("workspace:ticket", f"/tickets/{number}", number)


def escalation_url(number):
    """Where the cockpit's door shows an escalation."""
    return _reversed("cockpit:escalation", notices_url(), number)


def notices_url():
    """Where the agent's door shows what one was told."""
    return _reversed("workspace:notices", "/")


def page_url(name):
    """The page with this name; nothing without one."""
    return _reversed(name, "") if name else ""


def contact_url():
    """Where the customers' door has its form."""
    return _reversed("portal:contact", "/")


def _reversed(name, otherwise, *args):
    # Each door can be taken out of the house.
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return otherwise
