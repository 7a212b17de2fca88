"""Who is in the story: the people of Parcelline, and those of its customers."""

from django.contrib.auth.hashers import make_password

from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Role
from ombud.foundation.post import actions as post
from ombud.spine.tickets import actions as tickets

from .calendars import keep_calendars
from .ladders import keep_ladders, keep_routes
from .policies import keep_policies

OURS = {  # key: name, role, language, time zone, signature
    "greta": ("Greta Holm", Role.ADMINISTRATOR, "en", "Europe/Amsterdam"),
    "noor": ("Noor van Dijk", Role.HEAD, "en", "Europe/Amsterdam"),
    "ines": ("Inés Ferrer", Role.LEAD, "es", "Europe/Madrid"),
    "emil": ("Emil Okafor", Role.ESCALATION_MANAGER, "en", "Europe/Amsterdam"),
    "ada": ("Ada Lindqvist", Role.ASSOCIATE, "en", "Europe/Amsterdam"),
    "lin": ("林晓雯", Role.ENGINEER, "zh-hans", "Asia/Shanghai"),
    "claire": ("Claire Bonnet", Role.ASSOCIATE, "fr", "Europe/Paris"),
    "hiro": ("Hiroshi Tanaka", Role.TAM, "en", "Asia/Tokyo"),
    "priya": ("Priya Raman", Role.ANALYST, "en", "Asia/Kolkata"),
    "tomasz": ("Tomasz Zieliński", Role.CSM, "en", "Europe/Warsaw"),
    "bea": ("Beatriz Soto", Role.AE, "es", "Europe/Madrid"),
    "jun": ("Jun Watanabe", Role.TECHNICAL_OWNER, "en", "Asia/Tokyo"),
    "sofia": ("Sofia Marchetti", Role.SPONSOR, "en", "Europe/Rome"),
}
TEAMS = {  # key: name, purpose, members, leads, private
    "first": ("First line", "Everything that comes in", ("ada", "claire", "ines"), ("ines",), False),
    "carriers": ("Carriers and customs", "Labels, customs, pickups", ("lin", "ada", "hiro"), ("lin",), False),
    "billing": ("Billing", "Invoices and contracts", ("claire", "ines"), ("ines",), False),
    "escalations": ("Escalations", "What must not wait", ("emil", "noor", "lin"), ("emil",), False),
    "legal": ("Legal", "Claims and contracts in dispute", ("noor", "emil"), ("noor",), True),
}
ACCOUNTS = {  # key: name, tier, yearly revenue in cents, language, zone, domains, csm, ae, tam
    "acme": (
        "Acme Outdoor",
        "gold",
        84_000_00,
        "es",
        "Atlantic/Canary",
        "acme-outdoor.example",
        "tomasz bea hiro",
    ),
    "yunhai": (
        "云海物流",
        "platinum",
        212_000_00,
        "zh-hans",
        "Asia/Shanghai",
        "yunhai.example",
        "tomasz bea hiro",
    ),
    "qiming": ("启明电子", "silver", 38_000_00, "zh-hans", "Asia/Shanghai", "qiming.example", "tomasz"),
    "boreal": (
        "Laboratoires Boréal",
        "gold",
        96_000_00,
        "fr",
        "Europe/Paris",
        "labo-boreal.example",
        "tomasz bea",
    ),
    "duvernay": ("Atelier Duvernay", "standard", 6_400_00, "fr", "America/Montreal", "duvernay.example", ""),
    "hofmann": (
        "Hofmann & Söhne Präzisionsinstrumente",
        "gold",
        71_500_00,
        "en",
        "Europe/Berlin",
        "hofmann-soehne.example",
        "tomasz bea",
    ),
    "tamarind": ("Tamarind Foods", "silver", 29_900_00, "en", "Africa/Lagos", "tamarind.example", "tomasz"),
    "kiln": ("Kiln & Co. Ceramics", "standard", 4_800_00, "en", "Europe/London", "kilnceramics.example", ""),
    "ribera": ("Casa Ribera", "silver", 18_200_00, "es", "Europe/Madrid", "casaribera.example", "tomasz"),
    "bint": ("Bint & Baker", "standard", 9_900_00, "en", "Europe/London", "bintbaker.example", ""),
    "fjellrev": (
        "Fjellrev Sport",
        "gold",
        88_000_00,
        "en",
        "Europe/Oslo",
        "fjellrev.example",
        "tomasz bea hiro",
    ),
    "maple": (
        "Maple & Pine Furniture",
        "silver",
        33_000_00,
        "en",
        "America/Toronto",
        "maplepine.example",
        "tomasz",
    ),
}
CUSTOMERS = {  # key: name, account (or none), local part or whole address, title, language
    "carla": ("Carla Benítez", "acme", "carla", "Head of fulfilment", "es"),
    "rui": ("Rui Cabrera", "acme", "rui", "Warehouse manager", "es"),
    "chen": ("陈思远", "yunhai", "chen.siyuan", "运营总监", "zh-hans"),
    "zhao": ("赵敏", "yunhai", "zhao.min", "IT 主管", "zh-hans"),
    "limei": ("李梅", "qiming", "li.mei", "采购经理", "zh-hans"),
    "wang": ("王建国", "qiming", "wang.jianguo", "仓储主管", "zh-hans"),
    "marie": ("Marie-Hélène de Saint-Aubin", "boreal", "mh.desaintaubin", "Directrice logistique", "fr"),
    "yves": ("Yves Kermadec", "boreal", "y.kermadec", "Comptabilité", "fr"),
    "etienne": ("Étienne Tremblay", "duvernay", "etienne", "Propriétaire", "fr"),
    "anneliese": ("Dr. Anneliese Hofmann-Wittgenstein", "hofmann", "ahw", "Managing director", "en"),
    "klaus": ("Klaus Oberhauser", "hofmann", "k.oberhauser", "Shipping", "en"),
    "olu": ("Oluwaseun Adeyemi", "tamarind", "olu", "Operations", "en"),
    "james": ("James Whitcombe", "kiln", "james", "Owner", "en"),
    "lucia": ("Lucía Fernández de la Vega", "ribera", "lucia", "Logística", "es"),
    "haddad": ("Noor Haddad", "bint", "noor", "Office manager", "en"),
    "sigrid": ("Sigrid Aasen", "fjellrev", "sigrid", "E-commerce lead", "en"),
    "emma": ("Emma Tran", "maple", "emma", "Support lead", "en"),
    "pablo": ("Pablo Iriarte", None, "pablo.iriarte@gmail.com", "", "es"),
    "sophie": ("Sophie Marchand", None, "sophie.marchand@orange.fr", "", "fr"),
    "xiaoyu": ("周小雨", None, "zhouxiaoyu@qq.com", "", "zh-hans"),
    "dana": ("Dana Whitfield", None, "dana.whitfield@outlook.com", "", "en"),
}
ZONES = {"duvernay": "America/Montreal"}
QUICK_REPLIES = (
    (
        "Ask for the parcel number",
        "en",
        "Hello {first_name},<br><br>Could you send us the parcel number (it begins "
        "with PL)? Then we can look at exactly what happened.<br><br>{agent}",
    ),
    (
        "Pedir el número de envío",
        "es",
        "Hola, {first_name}:<br><br>¿Nos puede mandar el número de envío (empieza "
        "por PL)? Así vemos exactamente qué pasó.<br><br>{agent}",
    ),
    (
        "Demander le numéro de colis",
        "fr",
        "Bonjour {first_name},<br><br>Pourriez-vous nous envoyer le numéro du colis "
        "(il commence par PL) ? Nous verrons alors précisément ce qui s’est passé.<br><br>{agent}",
    ),
    (
        "请提供运单号",
        "zh-hans",
        "{first_name}，您好：<br><br>请把运单号（以 PL 开头）发给我们，以便核实具体情况。<br><br>{agent}",
    ),
    (
        "We call you back today",
        "en",
        "Hello {first_name},<br><br>I have read everything and will call you today "
        "before 17:00 your time. If another number is better, just answer this mail.<br><br>{agent}",
    ),
    (
        "Reprint in CN23",
        "en",
        "You can print the right form now: <b>Shipments → Labels → CN23 (A6)</b>. It works for "
        "parcels that are already packed.<br><br>{agent}",
    ),
)

HERE = "http://localhost:8000"  # where bin/serve shows it unless it is told otherwise: letters lead there


class Parcelline:
    """The desk of the story. Customers and people are found by the keys above."""

    def __init__(self, first_day, password):
        self.first_day = first_day
        self.password_hash = make_password(password)  # once: a safe hash is slow on purpose
        self.now = first_day
        self.company = people.found_company(
            name="Parcelline",
            language="en",
            time_zone="Europe/Amsterdam",
            address=HERE,
            is_demo=True,
            now=self.now,
        )
        self.ours = {key: self._hire(key, *about) for key, about in OURS.items()}
        self.teams = {key: self._team(*about) for key, about in TEAMS.items()}
        self.accounts = {key: self._account(*about) for key, about in ACCOUNTS.items()}
        self.customers = {key: self._customer(*about) for key, about in CUSTOMERS.items()}
        self.mailboxes = self._mailboxes()
        self.calendars = keep_calendars(self.now)
        keep_policies(self.calendars, self.ours["ines"], self.now)
        keep_ladders(self.ours, self.teams, self.now)
        keep_routes(self.ours, self.teams, self.now)
        self.tickets = {}
        self._quick_replies()

    def sign_in_addresses(self):
        """Whom to sign in as, the one that shows most first."""
        return [self.ours[key].email for key in ("ada", "ines", "lin", "emil", "greta", "tomasz")]

    def _hire(self, key, name, role, language, zone):
        return people.add_person(
            email=f"{key}@parcelline.example",
            name=name,
            role=role,
            language=language,
            time_zone=zone,
            password_hash=self.password_hash,
            now=self.now,
        )

    def _team(self, name, purpose, members, leads, private):
        return people.keep_team(
            name=name,
            purpose=purpose,
            private=private,
            members=[self.ours[key] for key in members],
            leads=[self.ours[key] for key in leads],
            by=None,
            now=self.now,
        )

    def _account(self, name, tier, revenue, language, zone, domain, looked_after_by):
        seats = dict(zip(("csm", "ae", "tam"), looked_after_by.split(), strict=False))
        return people.keep_account(
            name=name,
            tier=tier,
            revenue=revenue,
            language=language,
            time_zone=zone,
            domains=[domain],
            seats={seat: self.ours[key] for seat, key in seats.items()},
            by=None,
            now=self.now,
        )

    def _customer(self, name, account, address, title, language):
        account = self.accounts.get(account)
        if account:
            address = f"{address}@{account.domains.get().domain}"
        return people.meet(
            email=address,
            name=name,
            title=title,
            language=language,
            time_zone=account.time_zone if account else "",
            account=account,
            confirmed=bool(account),
            now=self.now,
        )

    def _mailboxes(self):
        def keep(address, name, team, **more):
            return post.keep_mailbox(
                address=address, name=name, team=self.teams[team], by=None, now=self.now, **more
            )

        return {
            "support": keep("support@desk.test", "Parcelline", "first", is_default=True, takes_strays=True),
            "billing": keep("billing@desk.test", "Parcelline Billing", "billing"),
        }

    def _quick_replies(self):
        for name, language, html in QUICK_REPLIES:
            tickets.keep_quick_reply(name=name, language=language, html=html, by=self.ours["ines"])
