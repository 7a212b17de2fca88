"""Every desk has a calendar from its first moment, and those that are older get one."""

from importlib import import_module

import pytest
from django.apps import apps

from ombud.foundation.clock import queries
from ombud.foundation.clock.models import Calendar
from ombud.foundation.clock.plans import digest_of
from ombud.foundation.people import actions as people
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def found(language="es", zone="Europe/Madrid"):
    return people.found_company(name="Parcelline", language=language, time_zone=zone, now=NOW)


def test_the_first_calendar_speaks_the_language_of_the_company_on_its_clock():
    found()
    row = queries.default_calendar()
    assert (row.name, row.timezone) == ("Horario de oficina", "Europe/Madrid")


def test_a_company_that_is_changed_keeps_its_calendar():
    found()
    found(zone="Asia/Shanghai")
    assert Calendar.objects.count() == 1


def test_a_desk_from_before_there_were_calendars_gets_one():
    found()
    Calendar.objects.all().delete()
    import_module("ombud.foundation.clock.migrations.0002_default_calendar").make_default(apps, None)
    row = queries.default_calendar()
    assert row.digest == digest_of(row.worked_out)
    assert queries.working_time_of(row).hours[0] == ((9 * 3600, 17 * 3600),)
