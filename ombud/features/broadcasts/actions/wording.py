"""The words of a broadcast: begun, written, approved. What is approved is never changed."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ombud.features.broadcasts import events, queries
from ombud.features.broadcasts.models import Approval, Broadcast, Incident, Purpose, Rule, State, Wording
from ombud.foundation.notifications.actions import tell
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import ANSWER, APPROVE, may, require
from ombud.spine.tickets.quick import PLACEHOLDER

from .stopping import halt

LONGEST = 20_000


@transaction.atomic
def begin(incident, *, purpose=Purpose.UPDATE, same_as=None, corrects=None, fallback=None, by, now):
    """Begin to tell those who are affected. `same_as`: the news of that broadcast, for others.

    Without it the news is new, and everybody may get it. `corrects`: for those who have an older text of that
    broadcast; its words are taken over. `fallback`: the language for whom nothing else is written.
    """
    require(by, ANSWER)
    Incident.objects.select_for_update().get(pk=incident.pk)
    last = incident.broadcasts.aggregate(number=Max("number"), wave=Max("wave"))
    rule, company = Rule.ours(), Company.ours()
    broadcast = Broadcast.objects.create(
        incident=incident,
        number=(last["number"] or 0) + 1,
        wave=same_as.wave if same_as else (last["wave"] or 0) + 1,
        purpose=same_as.purpose if same_as else Purpose(purpose),
        fallback=fallback or (company.language if company else settings.LANGUAGE_CODE),
        per_minute=rule.per_minute,
        two_people=rule.two_people,
        corrects=corrects,
        begun_by=by,
        begun_at=now,
    )
    events.BEGUN.record(
        case=incident.case_id,
        by=by,
        now=now,
        incident=incident.pk,
        broadcast=broadcast.pk,
        purpose=str(broadcast.purpose),
        wave=broadcast.wave,
    )
    for wording in queries.newest(same_as or corrects).values() if same_as or corrects else ():
        write(broadcast, wording.language, wording.subject, wording.text, by=by, now=now)
    return broadcast


@transaction.atomic
def write(broadcast, language, subject, text, *, by, now):
    """Write its words in a language. An approved version stays as it is: this is a new one.

    So is what somebody else writes. While it is being sent, a new version stops it until that is approved.
    Raises ValidationError for nothing, for a language that is not spoken here, and for unknown placeholders.
    """
    require(by, ANSWER)
    subject, text = " ".join(subject.split())[:200], text.replace("\r\n", "\n").strip()
    _check(language, subject, text)
    broadcast = locked(broadcast)
    last = broadcast.wordings.filter(language=language).order_by("-number").first()
    if last and (last.subject, last.text) == (subject, text):
        return last
    if last and last.by_id == by.pk and not hasattr(last, "approval"):
        last.subject, last.text, last.written_at = subject, text, now
        last.save(update_fields=["subject", "text", "written_at"])
        wording = last
    else:
        number = last.number + 1 if last else 1
        wording = Wording.objects.create(
            broadcast=broadcast,
            language=language,
            number=number,
            subject=subject,
            text=text,
            by=by,
            written_at=now,
        )
    _record(events.WRITTEN, wording, by, now)
    if broadcast.state == State.SENDING:
        halt(broadcast, "wording", by=by, now=now)
    return wording


@transaction.atomic
def ask_approval(broadcast, person, *, by, now):
    """Ask somebody to approve; they are told. Raises ValidationError when they may not."""
    require(by, ANSWER)
    if not may(person, APPROVE):
        raise ValidationError(_("%(name)s may not approve what customers are told.") % {"name": person.name})
    broadcast = locked(broadcast)
    broadcast.approver = person
    broadcast.save(update_fields=["approver"])
    case, waits = broadcast.incident.case_id, "-".join(str(one.pk) for one in queries.unapproved(broadcast))
    key = f"broadcast_to_approve:{broadcast.pk}:{waits}"
    tell([person], "broadcast_to_approve", case=case, key=key, now=now, by=by)
    events.ASKED.record(case=case, by=by, now=now, broadcast=broadcast.pk, person=person.pk)


@transaction.atomic
def approve(wording, *, by, now):
    """These words may leave. Where two people must have seen them, the writer may not approve them.

    Only the newest version of a language can be approved. Raises PermissionDenied and ValidationError.
    """
    require(by, APPROVE)
    broadcast = locked(wording.broadcast)
    wording = Wording.objects.select_related("by").get(pk=wording.pk)
    if hasattr(wording, "approval"):
        return wording.approval
    if broadcast.wordings.filter(language=wording.language, number__gt=wording.number).exists():
        raise ValidationError(_("There is a newer version. Read that one."))
    if broadcast.two_people and wording.by_id == by.pk:
        raise ValidationError(
            _("You wrote these words, so somebody else approves them. Nothing was approved.")
        )
    approval = Approval.objects.create(
        wording=wording,
        by=by,
        at=now,
        writer=wording.by,
        two_people=broadcast.two_people,
        language=wording.language,
        number=wording.number,
        subject=wording.subject,
        text=wording.text,
    )
    _record(events.APPROVED, wording, by, now)
    return approval


def locked(broadcast):
    """The broadcast as it stands, held until the end of the transaction."""
    return Broadcast.objects.select_for_update(of=("self",)).select_related("incident").get(pk=broadcast.pk)


def _check(language, subject, text):
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Choose a language.")})
    if not subject:
        raise ValidationError({"subject": _("Give it a subject: who has no ticket yet gets a new mail.")})
    if not text:
        raise ValidationError({"text": _("Write what customers will read.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("That is too long for a mail that somebody reads.")})
    unknown = [word for word in PLACEHOLDER.findall(subject + text) if word not in queries.KNOWN]
    if unknown:
        raise ValidationError(
            {
                "text": _("Nobody knows what {%(name)s} means. It would be read as it stands.")
                % {"name": unknown[0]}
            }
        )


def _record(verb, wording, by, now):
    verb.record(
        case=wording.broadcast.incident.case_id,
        by=by,
        now=now,
        broadcast=wording.broadcast_id,
        language=wording.language,
        version=wording.number,
    )
