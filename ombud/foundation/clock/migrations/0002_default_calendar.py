"""A desk that was founded before there were calendars gets its first one, as every new desk does."""

import hashlib
import json

from django.db import migrations
from django.utils import timezone

DAYS = ("mon", "tue", "wed", "thu", "fri")


def make_default(apps, schema_editor):
    company = apps.get_model("people", "Company").objects.order_by("pk").first()
    calendars = apps.get_model("clock", "Calendar").objects
    if company is None or calendars.exists():
        return
    now = timezone.now()
    hours = {day: [["09:00", "17:00"]] for day in DAYS}
    plan = {"timezone": company.time_zone, "hours": hours, "language": company.language}
    said = {"timezone": company.time_zone, "hours": hours}
    said |= {"weeks": [], "holidays": {}, "closed": {}, "special": {}}
    calendars.create(
        case=apps.get_model("events", "Case").objects.create(kind="calendar"),
        name="Office hours",
        plan=plan,
        public={"holidays": {}, "make_up": []},
        worked_out=said,
        version=1,
        digest=hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest(),
        is_default=True,
        made_at=now,
        work_out_at=now,
    )


class Migration(migrations.Migration):
    dependencies = [("clock", "0001_initial"), ("people", "0001_initial")]
    operations = [migrations.RunPython(make_default, migrations.RunPython.noop)]
