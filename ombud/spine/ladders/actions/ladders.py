"""Writing ladders, switching them on, ordering them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Person, Role
from ombud.foundation.people.permissions import PROMISES, require
from ombud.spine.ladders import events
from ombud.spine.ladders.checking import check_draft, refusals
from ombud.spine.ladders.models import Ladder, LadderVersion
from ombud.spine.ladders.usual import usual_ladders


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
        raise ValidationError([str(reason) for reason in reasons])
    number = ladder.version.number + 1 if ladder.version else 1
    ladder.version = LadderVersion.objects.create(
        ladder=ladder, number=number, plan=ladder.draft, by=by, created_at=now
    )
    ladder.save(update_fields=["version"])
    events.LADDER_PUBLISHED.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk, version=number)
    return ladder.version


@transaction.atomic
def begin_with_usual(*, by, now):
    """The ladders of a new desk: live where everybody who stands on them is there, else drafts."""
    on_top = Role.HEAD if Person.objects.working().filter(role=Role.HEAD).exists() else Role.ADMINISTRATOR
    for name, draft in usual_ladders(on_top):
        ladder = keep_ladder(name=name, draft=draft, by=by, now=now)
        if not refusals(draft, now):
            publish(ladder, by=by, now=now)


@transaction.atomic
def order_ladders(ladders, *, by, now):
    """Say which ladder is looked at first, second, and so on."""
    require(by, PROMISES)
    for position, ladder in enumerate(ladders, start=1):
        Ladder.objects.filter(pk=ladder.pk).update(position=position)
    events.LADDERS_ORDERED.record(by=by, now=now, order=[ladder.pk for ladder in ladders])


@transaction.atomic
def restore_ladder(ladder, *, by, now):
    """It begins again at what its version says, as the last in order."""
    require(by, PROMISES)
    if Ladder.objects.filter(name__iexact=ladder.name, archived_at=None).exclude(pk=ladder.pk).exists():
        raise ValidationError(_("Another ladder has this name."))
    ladder.archived_at = None
    ladder.position = (Ladder.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    ladder.save(update_fields=["archived_at", "position"])
    events.LADDER_RESTORED.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk)


@transaction.atomic
def archive_ladder(ladder, *, by, now):
    """It begins at nothing any more; whoever climbs it goes on."""
    require(by, PROMISES)
    ladder.archived_at = now
    ladder.save(update_fields=["archived_at"])
    events.LADDER_ARCHIVED.record(case=ladder.case_id, by=by, now=now, ladder=ladder.pk)
