"""Its part of the demo's story: a defect that many hear of, and one whose fix has shipped."""

import tomllib
from datetime import timedelta
from importlib import resources

from ombud.foundation.people.models import Person, Team
from ombud.foundation.post.delivery import send_due
from ombud.spine.escalations.models import Escalation
from ombud.spine.tickets.models import Tag, Ticket

from . import actions
from .models import Kind, Purpose, Reason

AGO = timedelta(minutes=18)
TAGS = ("customs",)
BRIEF = ("scope", "do_say", "do_not_say", "answers")


def tell(now):
    """Write both down, as Emil and Noor did this morning."""
    emil, noor = (
        Person.objects.filter(email=f"{who}@parcelline.example").first() for who in ("emil", "noor")
    )
    if not (emil and noor and Tag.objects.filter(name__in=TAGS).exists()):
        return
    said = tomllib.loads(resources.files(__package__).joinpath("story.toml").read_text("utf-8"))
    _customs(said["customs"], emil, noor, now - AGO)
    _printers(said["printers"], emil, now - AGO)


def _customs(said, emil, noor, now):
    incident = actions.open_incident(
        Kind.DEFECT,
        "Release 4.18 leaves the customs code out of labels",
        reference="ENG-482",
        team=Team.objects.filter(name="Carriers and customs").first(),
        escalation=Escalation.objects.filter(number=105).first(),
        **{name: said[name] for name in BRIEF},
        by=emil,
        now=now,
    )
    for tag in Tag.objects.filter(name__in=TAGS).order_by("-name"):
        actions.find(incident, Reason.TAG, tag.name, by=emil, now=now)
    actions.find(incident, Reason.WORDS, "etiquetas", by=emil, now=now)
    _work(now)
    for row in incident.affected.filter(customer__name__startswith="Carla"):
        actions.exclude(incident, row.pk, "Emil writes to her himself, in E-105", by=emil, now=now)
    broadcast = actions.begin(incident, by=emil, now=now)
    for language, words in said["words"].items():
        wording = actions.write(broadcast, language, **words, by=emil, now=now)
        actions.approve(wording, by=noor, now=now)
    actions.list_recipients(broadcast, by=emil, now=now)
    _work(now)
    actions.send(broadcast, by=emil, now=now)
    _work(now)


def _printers(said, emil, now):
    ticket = Ticket.objects.filter(subject__startswith="Label printer").first()
    if ticket is None:
        return
    incident = actions.open_incident(
        Kind.DEFECT,
        "Label printers print blank pages since 4.18",
        reference="ENG-477",
        do_say=said["do_say"],
        by=emil,
        now=now,
    )
    actions.report(incident, ticket, by=emil, now=now)
    actions.fix(incident, version="4.18.1", by=emil, now=now)
    broadcast = actions.begin(incident, purpose=Purpose.FIXED, by=emil, now=now)
    for language, words in said["words"].items():
        actions.write(broadcast, language, **words, by=emil, now=now)


def _work(now):
    """What the lanes do; letters that wait are kept, as the demo has no mail server."""
    at = now
    while actions.find_due(at) + actions.work_broadcasts(at) + send_due(at):
        at += timedelta(seconds=2)
