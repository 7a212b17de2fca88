"""bin/ombud promises check: recounts promises from the log."""

import argparse
import sys
import time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.spine.tickets.models import Ticket

from .checking import differences, is_recalled
from .models import Agreement

SAYS_EVERY = 5.0  # seconds between two words about how far it is


def check(argv):
    """Recount promises from the log and say where the stored ones differ; changes nothing."""
    options = _options(argv)
    if options.ticket:
        ticket = Ticket.objects.filter(number=options.ticket).first()
        if ticket is None:
            sys.stderr.write(_("There is no ticket #%s.") % options.ticket + "\n")
            return 2
        return _check([ticket.pk])
    return _check(Agreement.objects.order_by("pk").values_list("pk", flat=True))


def _options(argv):
    parser = argparse.ArgumentParser("bin/ombud promises check", description=check.__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every ticket to which something was promised")
    which.add_argument("--ticket", type=int, metavar="N", help="the ticket with this number")
    return parser.parse_args(argv)


def _check(pks):
    total = len(pks) if isinstance(pks, list) else pks.count()
    wrong, recalled, said_at = 0, 0, time.monotonic()
    for done, pk in enumerate(pks if isinstance(pks, list) else pks.iterator()):
        if time.monotonic() - said_at >= SAYS_EVERY:
            said_at = time.monotonic()
            sys.stderr.write(
                _("%(done)s of %(all)s tickets") % {"done": f"{done:,}", "all": f"{total:,}"} + "\n"
            )
        found = differences(pk, timezone.now())
        if found and is_recalled(pk):
            recalled += 1
        elif found:
            wrong += 1
            _tell(pk, found)
    _conclude(total, wrong, recalled)
    return 1 if wrong else 0


def _tell(pk, found):
    number = Ticket.objects.values_list("number", flat=True).get(pk=pk)
    for one in found:
        words = {"number": number, "promise": one.promise or "–", "kind": one.kind, "column": one.column}
        words |= {"stored": one.stored or "–", "told": one.told or "–"}
        line = _("#%(number)s %(kind)s %(promise)s: %(column)s is %(stored)s, by the log %(told)s")
        sys.stdout.write(line % words + "\n")


def _conclude(total, wrong, recalled):
    lines = [ngettext("%(all)s ticket checked.", "%(all)s tickets checked.", total) % {"all": f"{total:,}"}]
    if recalled:
        lines += [
            ngettext(
                "%(count)s cannot be compared: its working calendar changed meanwhile.",
                "%(count)s cannot be compared: their working calendars changed meanwhile.",
                recalled,
            )
            % {"count": f"{recalled:,}"}
        ]
    if wrong:
        lines += [ngettext("%(count)s differs.", "%(count)s differ.", wrong) % {"count": f"{wrong:,}"}]
    else:
        lines += [_("Every stored promise is what its log says.")]
    sys.stdout.write("\n".join(lines) + "\n")
