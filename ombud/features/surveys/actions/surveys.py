"""Keeping surveys."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.surveys import events
from ombud.features.surveys.models import Kind, Survey, When
from ombud.features.surveys.scales import SCALES
from ombud.features.surveys.wording import LONGEST, PARTS
from ombud.foundation.people.permissions import PROMISES, require
from ombud.spine.sla.terms import CONDITIONS

FIELDS = (
    *("name", "kind", "when", "delay", "calendar", "every", "quiet", "sampling", "remind", "anonymous"),
    *("bad", "follow_up", "conditions", "words"),
)
LONGEST_DELAY = 90 * 86_400  # seconds; later, nobody remembers


@transaction.atomic
def keep_survey(survey=None, *, by, now, **fields):
    """Make a survey, or change one. What was asked already is answered as it was asked.

    The fields are those of `Survey`. Raises ValidationError by field; the kind of one that has answers
    cannot change, since scores of two scales are never counted together.
    """
    if by is not None:
        require(by, PROMISES)
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"a survey has no {sorted(unknown)}")
    was = survey.kind if survey else None
    survey = survey or Survey(created_at=now)
    for field, value in fields.items():
        setattr(survey, field, value)
    if survey.bad is None:
        survey.bad = SCALES[survey.kind].bad
    survey.name, survey.words = " ".join(survey.name.split()), _clean(survey.words)
    survey.conditions = {name: wanted for name, wanted in survey.conditions.items() if wanted}
    _check(survey, was)
    if survey.when == When.ROUND:
        survey.looks_at = survey.looks_at or now
    else:
        survey.looks_at = None
    survey.save()
    events.KEPT.record(by=by, now=now, survey=survey.pk)
    return survey


def _check(survey, was):
    wrong = {}
    if not survey.name:
        wrong["name"] = _("Give it a name.")
    if Survey.objects.active().filter(name=survey.name).exclude(pk=survey.pk).exists():
        wrong["name"] = _("There is a survey with this name already.")
    if survey.kind not in Kind.values or survey.when not in When.values:
        raise ValidationError(_("There is no such survey."))
    if was and was != survey.kind and survey.answers.exists():
        wrong["kind"] = _("It has answers on another scale. Make a new survey instead.")
    if not survey.scale.lowest <= survey.bad < survey.scale.highest:
        wrong["bad"] = _("Choose a number of the scale, below the highest.")
    if not 1 <= survey.sampling <= 100:
        wrong["sampling"] = _("Between 1 and 100 percent.")
    if survey.delay > LONGEST_DELAY:
        wrong["delay"] = _("At most 90 days.")
    if survey.when == When.ROUND and not 7 <= survey.every <= 730:
        wrong["every"] = _("Between a week and two years.")
    if unknown := set(survey.conditions) - {*CONDITIONS, "teams"}:
        raise TypeError(f"no survey asks about {sorted(unknown)}")
    if wrong:
        raise ValidationError(wrong)


def _clean(words):
    kept = {
        language: {part: " ".join(said.split())[:LONGEST] for part, said in parts.items() if part in PARTS}
        for language, parts in words.items()
    }
    kept = {
        language: {part: said for part, said in parts.items() if said} for language, parts in kept.items()
    }
    return {language: parts for language, parts in kept.items() if parts}


@transaction.atomic
def archive_survey(survey, *, by, now):
    """It asks nobody any more. Its answers stay, and links that were sent go on working."""
    require(by, PROMISES)
    survey.archived_at, survey.looks_at = now, None
    survey.save(update_fields=["archived_at", "looks_at"])
    events.ARCHIVED.record(by=by, now=now, survey=survey.pk)


@transaction.atomic
def restore_survey(survey, *, by, now):
    """It asks again. Raises ValidationError when another took its name."""
    require(by, PROMISES)
    if Survey.objects.active().filter(name=survey.name).exists():
        raise ValidationError(_("There is a survey with this name already."))
    survey.archived_at, survey.looks_at = None, now if survey.when == When.ROUND else None
    survey.save(update_fields=["archived_at", "looks_at"])
    events.RESTORED.record(by=by, now=now, survey=survey.pk)
