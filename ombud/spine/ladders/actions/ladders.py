"""Writing ladders, switching them on, ordering them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.permissions import PROMISES, require
from ombud.spine.ladders import events
from ombud.spine.ladders.checking import check_draft, refusals
from ombud.spine.ladders.models import Ladder, LadderVersion


@transaction.atomic
def keep_ladder(ladder=None, *, name, draft, by, now):
    """Write a ladder's draft; nothing changes for anybody until it is published. ValidationError by field."""
    if by is not None:
        require(by, PROMISES)
    name = " ".join(name.split())[:80]
    wrong = check_draft(draft)
    if not name:
        wrong["name"] = _("Give it a name.")
    others = Ladder.objects.filter(name__iexact=name, archived_at=None)
    if others.exclude(pk=ladder.pk if ladder else None).exists():
        wrong["name"] = _("Another ladder has this name.")
    if wrong:
        raise ValidationError(wrong)
    if ladder is None:
        last = Ladder.objects.aggregate(last=Max("position"))["last"]
        ladder = Ladder(case=Case.objects.create(kind="ladder"), position=(last or 0) + 1)
    ladder.name, ladder.draft = name, draft
    ladder.save()
    events.LADDER_KEPT.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk)
    return ladder


@transaction.atomic
def publish(ladder, *, by, now):
    """Switch the draft on. Refused with the reasons when it could leave somebody between the rungs (P3)."""
    if by is not None:
        require(by, PROMISES)
    reasons = refusals(ladder.draft, now)
    if reasons:
        raise ValidationError(reasons)
    number = ladder.version.number + 1 if ladder.version else 1
    ladder.version = LadderVersion.objects.create(
        ladder=ladder, number=number, plan=ladder.draft, by=by, created_at=now
    )
    ladder.save(update_fields=["version"])
    events.LADDER_PUBLISHED.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk, version=number)
    return ladder.version


@transaction.atomic
def order_ladders(ladders, *, by, now):
    """Say which ladder is looked at first, second, and so on."""
    require(by, PROMISES)
    for position, ladder in enumerate(ladders, start=1):
        Ladder.objects.filter(pk=ladder.pk).update(position=position)
    events.LADDERS_ORDERED.record(by=by, now=now, order=[ladder.pk for ladder in ladders])


@transaction.atomic
def archive_ladder(ladder, *, by, now):
    """It begins at nothing any more; whoever climbs it goes on."""
    require(by, PROMISES)
    ladder.archived_at = now
    ladder.save(update_fields=["archived_at"])
    events.LADDER_ARCHIVED.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk)
