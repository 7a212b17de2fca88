"""The cast: the people of Parcelline, a maker of shipping software, and of its customers.

Everyone is made by the product's own verbs. A test asks for those whom it needs: `cast.ada`, `cast.carla`.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property

from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Company, Role, Team
from ombud.foundation.post import actions as post
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said

NOW = datetime(2026, 11, 19, 13, 36, tzinfo=UTC)
PASSWORD = "parcels-and-promises"
OURS = {
    "ada": ("Ada Lindqvist", Role.ASSOCIATE),
    "lin": ("林晓雯", Role.ENGINEER),
    "emil": ("Emil Okafor", Role.ESCALATION_MANAGER),
    "ines": ("Inés Ferrer", Role.LEAD),
    "noor": ("Noor van Dijk", Role.HEAD),
    "tomasz": ("Tomasz Zieliński", Role.CSM),
    "jun": ("Jun Watanabe", Role.TECHNICAL_OWNER),
    "sofia": ("Sofia Marchetti", Role.SPONSOR),
    "greta": ("Greta Holm", Role.ADMINISTRATOR),
}
THEIRS = {
    "carla": ("Carla Benítez", "carla@acme-outdoor.example", "es", "Atlantic/Canary"),
    "rui": ("Rui Cabrera", "rui@acme-outdoor.example", "es", "Atlantic/Canary"),
    "mallory": ("Mallory", "mallory@elsewhere.example", "en", "Europe/London"),
    "chen": ("陈思远", "chen@yunhai.example", "zh-hans", "Asia/Shanghai"),
}


class Cast:
    """Parcelline's desk with its people; each is made when first asked for. `now` moves only when told."""

    def __init__(self, now=NOW):
        self.now = now
        self.company = Company.ours() or people.found_company(
            name="Parcelline", language="en", time_zone="Europe/Amsterdam", now=now
        )
        self.mailbox = post.keep_mailbox(
            address="support@desk.test",
            name="Parcelline",
            is_default=True,
            takes_strays=True,
            by=None,
            now=now,
        )

    def __getattr__(self, who):
        if who in OURS:
            name, role = OURS[who]
            made = people.add_person(
                email=f"{who}@parcelline.example", name=name, role=role, password=PASSWORD, now=self.now
            )
        elif who in THEIRS:
            name, email, language, zone = THEIRS[who]
            account = self.acme if "acme-outdoor" in email else None
            made = people.meet(
                email=email, name=name, language=language, time_zone=zone, account=account, now=self.now
            )
        else:
            raise AttributeError(who)
        setattr(self, who, made)
        return made

    @cached_property
    def acme(self):
        """Acme Outdoor, gold, 84,000 € a year; Tomasz looks after it."""
        return people.keep_account(
            name="Acme Outdoor",
            tier="gold",
            revenue=84_000_00,
            domains=["acme-outdoor.example"],
            seats={"csm": self.tomasz},
            by=None,
            now=self.now,
        )

    def team(self, name="Support", *members, **fields):
        """A team with these members."""
        team = Team.objects.filter(name=name).first()
        return people.keep_team(team=team, name=name, members=members, by=None, now=self.now, **fields)

    def later(self, **span):
        """Move the time on, and answer with it."""
        self.now += timedelta(**span)
        return self.now

    def writes(self, customer, text="Hola, la aduana ha rechazado 38 paquetes.", subject="Etiquetas", **more):
        """A customer's mail becomes a ticket."""
        said = Said(
            text=text,
            subject=subject,
            from_name=customer.name,
            from_address=customer.email,
            happened_at=self.now,
        )
        return tickets.open_ticket(
            said, customer=customer, channel="email", mailbox=self.mailbox, now=self.now, **more
        )

    def signed_in(self, client, person):
        """The client, signed in as one of ours."""
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client
