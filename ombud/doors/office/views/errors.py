"""Pages for what went wrong: what happened, that nothing was lost, what to do next."""

import logging
import secrets

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils import timezone
from django.utils.translation import gettext as _

log = logging.getLogger("ombud.office")


def not_found(request, exception=None):
    """Also for what exists but is not the reader's to see."""
    return _broke(
        request,
        404,
        _("This rung is missing"),
        _("There is nothing at this address, or it is not yours to see. Nothing was changed."),
    )


def forbidden(request, exception=None):
    return _broke(
        request,
        403,
        _("This is not yours to open"),
        _("Your role does not include this page. If you need it, ask an administrator. Nothing was changed."),
    )


def csrf_failed(request, reason=""):
    """A form that came from elsewhere, or whose page was open for too long."""
    return _broke(
        request,
        403,
        _("This form is too old"),
        _("The page was open for long, or cookies are blocked. Go back, load it again and send it again."),
    )


def bad_request(request, exception=None):
    return _broke(
        request,
        400,
        _("This was not understood"),
        _("The browser sent something we cannot read. Nothing was changed."),
    )


def broken(request):
    """500: the fault is ours. A mark leads from the reader's page to our record of it."""
    mark = secrets.token_hex(4).upper()
    log.error("page broke at %s, shown to its reader with the mark %s", request.path, mark)
    safe = [
        ("kept", _("Your drafts are safe."), _("They are saved while you write.")),
        ("kept", _("Nothing was sent twice."), _("A mail leaves once, whatever a page does.")),
        ("running", _("Mail keeps coming in."), _("This page failed, the desk did not.")),
    ]
    about = _("We could not show this page just now. The fault is ours, and it has been written down.")
    return _broke(request, 500, _("A rung broke under this page"), about, safe=safe, mark=mark)


def _broke(request, status, title, about, safe=(), mark=""):
    context = {
        "code": status,
        "title": title,
        "about": about,
        "safe": safe,
        "mark": mark,
        "at": timezone.now(),
    }
    try:
        return render(request, "office/broke.html", context, status=status)
    except DatabaseError:
        # The reader's name and the counts of the rail need the database; the words do not.
        plain = engines["jinja2"].env.get_template("office/broke_plain.html")
        return HttpResponse(plain.render(**context), status=status)
