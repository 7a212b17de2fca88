"""What a composer's form says: recipients, words, files; and its draft."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Person
from ombud.lib.mail import html_of, read_addresses, sanitise
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.models import Attachment, Message
from ombud.spine.tickets.said import Enclosed

KINDS = {"reply": Message.Kind.REPLY, "note": Message.Kind.NOTE, "forward": Message.Kind.FORWARD}
LARGEST = 25 * 1024 * 1024  # bytes of one file: mail servers rarely take more


@dataclass
class Written:
    """A composer's form, read."""

    html: str
    text: str
    to: list
    cc: list
    bcc: list
    mentioned: list
    attached: list


def read(request):
    """The form as it was sent, with script (rich text) or without (plain text)."""
    rich, plain = request.POST.get("words_html", "").strip(), request.POST.get("words", "").strip()
    html = sanitise(rich) if rich else html_of(plain) if plain else ""
    return Written(
        html,
        plain,
        people(request.POST.getlist("to")),
        people(request.POST.getlist("cc")),
        people(request.POST.getlist("bcc")),
        [int(n) for n in request.POST.getlist("mentioned") if n.isdigit()],
        [int(n) for n in request.POST.getlist("attached") if n.isdigit()],
    )


def people(values):
    """Addresses as forms write them ("Carla <carla@acme.example>", with commas) as [name, address]."""
    found = []
    for value in values:
        if not value.strip():
            continue
        addresses, lost = read_addresses(value)
        if lost or not addresses:
            raise ValidationError(_("“%s” is not a mail address.") % value.strip())
        found += [[each.name, each.address] for each in addresses]
    return found


def shown(pair):
    """An address as a form writes it."""
    name, address = pair
    return f"{name} <{address}>" if name and name != address else address


def keep(ticket, person, kind, written, *, now):
    """The form becomes the person's draft; files that were taken off go."""
    draft = actions.save_draft(
        ticket,
        by=person,
        kind=KINDS[kind],
        html=written.html,
        to=written.to,
        cc=written.cc,
        bcc=written.bcc,
        now=now,
    )
    actions.detach(draft, written.attached)
    return draft


def enclosed(ticket, person, kind, written):
    """The files of the person's draft that the form still names, and those chosen in a plain form."""
    rows = Attachment.objects.filter(
        draft__ticket=ticket, draft__by=person, draft__kind=KINDS[kind], pk__in=written.attached
    )
    return [Enclosed(row.name, row.content_type, row.size, row.sha256) for row in rows.order_by("pk")]


def attach(ticket, person, kind, file, *, now):
    """Enclose an uploaded file in the person's draft, which is begun if there is none."""
    if file.size > LARGEST:
        raise ValidationError(_("%s is larger than 25 MB, which most mail servers refuse.") % file.name)
    draft = person.drafts.filter(ticket=ticket, kind=KINDS[kind]).first()
    if draft is None:
        draft = actions.save_draft(ticket, by=person, kind=KINDS[kind], html="", now=now)
    return actions.attach(
        draft,
        name=file.name,
        content_type=file.content_type or "application/octet-stream",
        content=file.read(),
    )


def mentioned(ticket, written):
    """Whom a note calls: those chosen whose name still stands in it; and who of them cannot see it yet."""
    people = [
        person
        for person in Person.objects.working().filter(pk__in=written.mentioned)
        if f"@{person.name}" in written.text
    ]
    return people, [person for person in people if not sees(person, ticket)]


def sees(person, ticket):
    """Whether a person may see a ticket already."""
    return queries.visible_to(person).filter(pk=ticket.pk).exists()
