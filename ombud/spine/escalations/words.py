"""What the customer is told by itself, in their language and on their clock."""

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.ui.locales import reader_locale

from .queries import in_their_zone


def language_of(ticket):
    """The language in which this thread is written."""
    return ticket.language or ticket.customer.language or translation.get_language()


def still_owed(solution, ticket):
    """That the fix follows a workaround, and by when; nothing for a fix."""
    if solution.fix_due_at is None:
        return ""
    with translation.override(language_of(ticket)):
        local = in_their_zone(solution.fix_due_at, solution.escalation)
        when = f"{format_date(local, 'full', locale=reader_locale())}, {local:%H:%M}"
        return _("We still owe you the fix itself, by %(time)s.") % {"time": when}
