"""Pages for what went wrong: what happened, what is safe, what to do next.

Named in urls.py as handler400 … handler500, and in settings as CSRF_FAILURE_VIEW.
"""

import logging
import secrets

from django.http import HttpResponse
from django.template import engines
from django.utils import timezone

logger = logging.getLogger(__name__)


def _page(request, status, template=None, **context):
    page = engines["jinja2"].get_template(template or f"{status}.html")
    return HttpResponse(page.render({"at": timezone.now(), **context}, request), status=status)


def bad_request(request, exception=None):
    """400: the browser said something that we could not read."""
    return _page(request, 400)


def forbidden(request, exception=None):
    """403: this person may not see or do that."""
    return _page(request, 403)


def not_found(request, exception=None):
    """404: nothing lives here, or nothing that this person may know of."""
    return _page(request, 404)


def csrf_failure(request, reason=""):
    """403 because the form was too old (`CSRF_FAILURE_VIEW`): what was typed is still in the browser."""
    return _page(request, 403, "403_csrf.html")


def server_error(request):
    """500, with a reference that also stands in the log."""
    reference = secrets.token_hex(4).upper()
    logger.error("A page broke: reference %s, %s %s", reference, request.method, request.path)
    return _page(request, 500, reference=f"{reference[:4]}-{reference[4:]}")
