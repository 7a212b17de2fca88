"""The company, oneself, and what this installation is."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

import ombud
from ombud.doors.office.forms.desk import CompanyForm, MeForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import done, kept, page
from ombud.foundation.people import actions
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import ADMINISTER

LOOK = 0.4  # seconds to count the files; somebody waits for the page


@asks(ADMINISTER)
def company(request):
    ours = Company.ours()
    form = CompanyForm(
        request.POST or None, initial={name: getattr(ours, name) for name in CompanyForm.FIELDS}
    )
    if kept(request, form, actions.found_company, now=timezone.now()):
        return done(request, _("The company’s settings are saved."), "office:company")
    return page(request, "company", form=form)


@asks()
def me(request):
    person = request.user
    form = MeForm(request.POST or None, initial={name: getattr(person, name) for name in MeForm.FIELDS})
    if kept(request, form, actions.change_person, person, now=timezone.now()):
        return done(request, _("Your settings are saved."), "office:me")
    return page(request, "me", form=form, teams=person.teams.all())


@asks()
def about(request):
    size, whole = folder_size(settings.DATA)
    return page(
        request,
        "about",
        version=getattr(ombud, "__version__", "") or _own_version(),
        python=platform.python_version(),
        django=django.get_version(),
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        size=size,
        whole=whole,
    )


def _own_version():
    try:
        return version("ombud")
    except ImportError:  # run from its folder, without being installed
        return "0.1"


def folder_size(folder):
    """Bytes in the data folder, and whether there was time to count all of it."""
    stop, total, ways = time.monotonic() + LOOK, 0, [Path(folder)]
    while ways:
        if time.monotonic() > stop:
            return total, False
        try:
            with os.scandir(ways.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        ways.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:  # it went away while we counted
            continue
    return total, True
