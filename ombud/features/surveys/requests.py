"""Small requests of the weeks before the story, so that there is something to ask about."""

from datetime import timedelta

from ombud.foundation.people.models import Customer, Person, Role
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.queries import default_mailbox
from ombud.spine.escalations.models import Escalation
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said

HOW_MANY = 60
ANSWERING = (Role.ASSOCIATE, Role.ENGINEER, Role.LEAD)
TOOK = timedelta(minutes=35)
ASKED = {
    "en": (
        ("Second label size", "How do I print labels in 100 × 150 as well?"),
        ("Return address", "Where do I change the return address of our warehouse?"),
        ("Invoice for October", "Could you send us the October invoice once more?"),
        ("A new colleague", "Please give our new colleague access to the tracking pages."),
    ),
    "es": (
        ("Cambiar el remitente", "¿Dónde cambio la dirección del remitente?"),
        ("Factura de octubre", "¿Me pueden enviar otra vez la factura de octubre?"),
        ("Segunda impresora", "¿Cómo añado una segunda impresora de etiquetas?"),
    ),
    "fr": (
        ("Format d’étiquette", "Comment imprimer aussi en 100 × 150 ?"),
        ("Nouvel entrepôt", "Comment ajouter un deuxième entrepôt ?"),
        ("Facture d’octobre", "Pouvez-vous nous renvoyer la facture d’octobre ?"),
    ),
    "zh-hans": (
        ("更换寄件地址", "请问在哪里更改仓库的寄件地址？"),
        ("补开发票", "能否补开十月份的发票？"),
        ("增加打印机", "怎样添加第二台标签打印机？"),
    ),
}

ANSWERED = {
    "en": "You find it under Settings, and I have set it for you already. Tell me if anything is missing.",
    "es": "Está en Ajustes, y ya se lo he dejado listo. Dígame si falta algo.",
    "fr": "C’est dans les réglages, et je l’ai déjà fait pour vous. Dites-moi s’il manque quelque chose.",
    "zh-hans": "在“设置”里可以找到，我已经替您设好了。如有遗漏请告诉我。",
}


def small_requests(since, until):
    """Open, answer and resolve them, one after the other; gives their tickets' ids."""
    led = Escalation.objects.open().values("account")
    customers = list(Customer.objects.exclude(account__in=led).exclude(email="").order_by("pk"))
    people = {person.language: person for person in _answering()}
    if not (customers and people):
        return
    step = (until - since) / HOW_MANY
    for number in range(HOW_MANY):
        customer = customers[number % len(customers)]
        by = people.get(customer.language) or next(iter(people.values()))
        yield _resolved(customer, by, number, _working(since + step * number, number))


def _answering():
    """The last of a language counts, so the first come last."""
    working = Person.objects.working().filter(role__in=ANSWERING).order_by("-pk")
    return sorted(working, key=lambda person: person.role == Role.ASSOCIATE)


def _working(at, number):
    """Between nine and four, and not on a weekend."""
    at = at.replace(hour=9 + number % 7, minute=(number * 17) % 60, second=0, microsecond=0)
    return at - timedelta(days=max(0, at.weekday() - 4))


def _resolved(customer, by, number, at):
    language = customer.language if customer.language in ASKED else "en"
    subject, text = ASKED[language][number // 9 % len(ASKED[language])]
    called = number % 5 < 2
    said = Said(
        text=text,
        subject=subject,
        from_name=customer.name,
        from_address=customer.email,
        language=language,
        happened_at=at,
    )
    ticket = tickets.open_ticket(
        said,
        customer=customer,
        channel="phone" if called else "web_form",
        mailbox=default_mailbox(),
        by=by if called else None,
        severity="low",
        urgency="low",
        language=language,
        now=at,
    )
    team = by.teams.filter(private=False, archived_at=None).order_by("pk").first()
    if team:
        tickets.set_team(ticket, team, by=by, now=at)
    tickets.assign(ticket, by, by=by, now=at)
    said = ANSWERED[language]
    tickets.reply(ticket, by=by, text=said, status="resolved", hold=timedelta(0), now=at + TOOK)
    send_due(at + TOOK + timedelta(seconds=15))
    return ticket.pk
