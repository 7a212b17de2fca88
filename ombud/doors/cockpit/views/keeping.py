"""Whether customers heard from us when we said so."""

import csv

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ombud.doors.cockpit import kept
from ombud.doors.cockpit.answers import desk_page
from ombud.foundation.people.permissions import SEE_ALL, may

UNSAFE = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes what begins so for a formula


@desk_page
def rate(request):
    """The kept rate with what is behind each number; `?days`, and `?person`, `?team`, `?account`, `?late`."""
    rows, days = _rows(request)
    found = kept.narrowed(rows, request.GET)
    context = kept.figures(rows) | {
        "days": days,
        "periods": kept.PERIODS,
        "enough": kept.ENOUGH,
        "behind": found and found[::-1][: kept.BEHIND],
        "behind_all": len(found or ()),
        "asked": found is not None,
        "query": {key: value for key, value in request.GET.items() if key != "days"},
    }
    return render(request, "cockpit/kept.html", context, using="jinja2")


@desk_page
def export(request):
    """The same as a file, a line for each update."""
    rows, days = _rows(request)
    found = kept.narrowed(rows, request.GET)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="updates-{days}-days.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    for line in kept.export(rows if found is None else found):
        writer.writerow([_safe(value) for value in line])
    return response


def _rows(request):
    if not may(request.user, SEE_ALL):
        raise PermissionDenied(SEE_ALL)
    days = kept.days_of(request.GET.get("days", ""))
    return kept.behind(request.user, days, timezone.now()), days


def _safe(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(UNSAFE) else value
