"""The settings' front page: the first page that the reader may open."""

from django.shortcuts import redirect

from ombud.doors.office.guard import asks
from ombud.foundation.people.permissions import ADMINISTER, PEOPLE, may


@asks()
def home(request):
    if may(request.user, ADMINISTER):
        return redirect("office:company")
    return redirect("office:people" if may(request.user, PEOPLE) else "office:me")
