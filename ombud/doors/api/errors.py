"""Every error has one shape: {"error": {"code", "message", "fields"}}."""

import logging
from functools import wraps

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import errors as ninja

logger = logging.getLogger(__name__)

CODES = {
    400: "malformed",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "not_valid",
    429: "too_many_requests",
    500: "our_mistake",
}
SENTENCES = {
    400: gettext_lazy("The request could not be read. Send one JSON object in UTF-8."),
    401: gettext_lazy(
        "This needs a token: Authorization: Bearer … Yours is missing, mistyped, or was revoked."
    ),
    403: gettext_lazy("This token may not do that. An administrator can say who may."),
    404: gettext_lazy("There is nothing here, or nothing that this token may see."),
    405: gettext_lazy("This address does not know that method; the Allow header names those it knows."),
    413: gettext_lazy("This is too large, so it was not taken."),
    415: gettext_lazy("Send JSON, and say so: Content-Type: application/json."),
    422: gettext_lazy("Some fields are not right; nothing was changed."),
    429: gettext_lazy("Too many requests. Wait as long as the Retry-After header says, in seconds."),
    500: gettext_lazy("Something of ours broke; nothing was changed. It is in the log; please try again."),
}
# What is wrong with a field, by pydantic's name for it; the rest is said in pydantic's own words.
WRONG = {
    "missing": gettext_lazy("This is needed."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_type": gettext_lazy("This must be text."),
    "list_type": gettext_lazy("This must be a list."),
    "model_attributes_type": gettext_lazy("This must be an object."),
    "model_type": gettext_lazy("This must be an object."),
    "dict_type": gettext_lazy("This must be an object."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "int_type": gettext_lazy("This must be a whole number."),
    "string_too_short": gettext_lazy("This is needed."),
    "string_too_long": gettext_lazy("This is too long: at most %(max_length)s characters."),
    "too_long": gettext_lazy("There are too many: at most %(max_length)s."),
    "literal_error": gettext_lazy("This must be one of: %(expected)s."),
    "greater_than_equal": gettext_lazy("This must be at least %(ge)s."),
    "less_than_equal": gettext_lazy("This must be at most %(le)s."),
}


class Refusal(Exception):
    """A request that is not done, with the HTTP status and what to say."""

    def __init__(self, status, message="", fields=None, code="", headers=None):
        super().__init__(status, message)
        self.status, self.message, self.fields = status, message, fields or {}
        self.code, self.headers = code, headers or {}


class naming:
    """`with naming("status"):` What a verb finds wrong is said of this field."""

    def __init__(self, field):
        self.field = field

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _trace):
        if isinstance(error, ValidationError):
            raise Refusal(422, fields={self.field: error.messages}) from error


def error(status, message="", fields=None, code="", headers=None):
    """An error as an answer."""
    said = {
        "code": code or CODES[status],
        "message": str(message or SENTENCES[status]),
        "fields": fields or {},
    }
    return JsonResponse({"error": said}, status=status, headers=headers)


def teach(api):
    """Tell the API how to answer what can go wrong."""
    for kind, answer in ANSWERS.items():
        api.add_exception_handler(kind, answer)


def plainly(view):
    """A view whose refusals of a method have our shape too, and whose answers no proxy keeps."""

    @wraps(view)
    def respond(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            response = error(405, headers={"Allow": response.headers["Allow"]})
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


def nowhere(request, path=""):
    """Any address below /api/ that is none."""
    return error(404)


def _refused(request, refusal):
    return error(refusal.status, refusal.message, refusal.fields, refusal.code, refusal.headers)


def _not_valid(request, trouble):
    fields = {}
    for wrong in trouble.errors:
        fields.setdefault(_name(wrong["loc"]), []).append(_sentence(wrong))
    return error(422, fields=fields)


def _sentence(wrong):
    ours = WRONG.get(wrong["type"])
    if ours is None:
        return wrong["msg"].removeprefix("Value error, ")
    said = wrong.get("ctx", {})
    if "expected" in said:
        said = {"expected": said["expected"].replace("'", "").replace(" or ", ", ")}
    return str(ours) % said if said else str(ours)


def _name(where):
    """body.payload.customer.email is customer.email to the reader."""
    words = [str(word) for word in where[1:]]
    return ".".join(words[1:] if where[0] == "body" and len(words) > 1 else words) or "body"


def _http(request, trouble):
    if isinstance(trouble.__cause__, Refusal):  # the parser's own refusal, which ninja takes for bad JSON
        return _refused(request, trouble.__cause__)
    headers = {}
    if trouble.status_code == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if trouble.status_code == 429:
        headers["Retry-After"] = str(max(1, trouble.wait or 1))
    return error(trouble.status_code if trouble.status_code in CODES else 400, headers=headers)


def _broke(request, trouble):
    logger.error("%s %s broke", request.method, request.path, exc_info=trouble)
    return error(500)


ANSWERS = {
    Refusal: _refused,
    ninja.ValidationError: _not_valid,
    ninja.HttpError: _http,
    ValidationError: lambda request, trouble: error(422, message=" ".join(trouble.messages)),
    PermissionDenied: lambda request, trouble: error(403),
    Http404: lambda request, trouble: error(404),
    ObjectDoesNotExist: lambda request, trouble: error(404),
    RequestDataTooBig: lambda request, trouble: error(413),
    SuspiciousOperation: lambda request, trouble: error(400),
    BadRequest: lambda request, trouble: error(400),
    MultiPartParserError: lambda request, trouble: error(
        400, _("The upload could not be read. Send multipart/form-data with one part named file.")
    ),
    Exception: _broke,
}
