"""Who is affected is found in batches, by what was said, and never past what the asker may see."""

import pytest
from django.core.exceptions import ValidationError

from ombud.features.broadcasts import actions
from ombud.features.broadcasts.actions import finding as finding_
from ombud.features.broadcasts.models import Affected, Finding
from ombud.foundation.events.tray import work_tray
from ombud.spine.escalations import actions as escalations

from .conftest import meet, work


def numbers():
    return sorted(Affected.objects.filter(ticket__isnull=False).values_list("ticket__number", flat=True))


def test_many_are_found_in_small_batches(cast, incident, monkeypatch):
    monkeypatch.setattr(finding_, "BATCH", 3)
    tagged = [cast.writes(meet(cast, n), tags=["customs"]).number for n in range(10)]
    cast.writes(cast.carla)
    actions.find(incident, "tag", "Customs", by=cast.emil, now=cast.now)
    work(cast)
    assert numbers() == tagged
    assert Finding.objects.get().done_at
    late = cast.writes(cast.chen, tags=["customs"]).number
    actions.look_again(Finding.objects.get(), by=cast.emil, now=cast.now)
    work(cast)
    assert numbers() == [*tagged, late]


def test_words_are_found_wherever_they_were_said(cast, incident, monkeypatch):
    monkeypatch.setattr(finding_, "BATCH", 2)
    found = [cast.writes(meet(cast, n), text=f"{n}: el código aduanero falta").number for n in range(5)] + [
        cast.writes(cast.chen, text="海关退回了包裹").number
    ]
    cast.writes(cast.carla, text="código de descuento")
    while work_tray(cast.now):
        pass
    actions.find(incident, "words", "codigo aduanero", by=cast.emil, now=cast.now)
    actions.find(incident, "words", "海关", by=cast.emil, now=cast.now)
    work(cast)
    assert numbers() == found


@pytest.mark.parametrize(
    ("asked", "said", "meant"),
    [
        ("4.1", "since 4.1.", True),
        ("4.1", "v4.1 is broken", True),
        ("4.1", "we have 4.12", False),
        ("4.1", "3.4.1 it is", False),
        ("4.1", "4.1.2 it is", False),
        ("Label Printer", "the label  printer stops", True),
        ("Label Printer", "the printer has no label", False),
    ],
)
def test_a_version_is_looked_for_as_it_is_written(cast, incident, asked, said, meant):
    cast.writes(cast.mallory, text=said, subject="Hello")
    while work_tray(cast.now):
        pass
    actions.find(incident, "version", asked, by=cast.emil, now=cast.now)
    work(cast)
    assert bool(numbers()) is meant


def test_only_what_the_asker_may_see_is_found(cast, incident):
    private = cast.team("Legal", cast.noor, private=True)
    hidden = cast.writes(cast.carla, tags=["customs"], team=private)
    actions.find(incident, "tag", "customs", by=cast.emil, now=cast.now)
    work(cast)
    assert numbers() == []
    with pytest.raises(ValidationError):
        actions.put_on(incident, [hidden.number], by=cast.emil, now=cast.now)


def test_the_tickets_of_the_escalation_are_listed(cast, incident):
    assert cast.ines
    ticket = cast.writes(cast.carla)
    escalation = escalations.raise_one(ticket, reason="impact", by=cast.emil, now=cast.now)
    with pytest.raises(ValidationError):
        actions.find(incident, "escalation", by=cast.emil, now=cast.now)
    actions.change_incident(incident, escalation=escalation, by=cast.emil, now=cast.now)
    actions.find(incident, "escalation", by=cast.emil, now=cast.now)
    work(cast)
    assert numbers() == [ticket.number]


def test_what_does_not_exist_is_said(cast, incident):
    for reason, words in (("tag", "nothing"), ("account", "Nobody"), ("words", "…"), ("hand", "1")):
        with pytest.raises(ValidationError):
            actions.find(incident, reason, words, by=cast.emil, now=cast.now)
