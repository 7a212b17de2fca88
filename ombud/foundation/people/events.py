"""What can happen to people, teams and accounts."""

from ombud.foundation.events.log import Verb

PERSON_JOINED = Verb("person.joined", "A person of ours got access.", ("person", "role"))
PERSON_CHANGED = Verb("person.changed", "A person's settings changed.", ("person", "fields"))
ROLE_GRANTED = Verb("person.role_granted", "A person was given another role.", ("person", "old", "new"))
PERSON_LEFT = Verb("person.left", "A person's access ended.", ("person",))
TEAM_CHANGED = Verb("team.changed", "A team was made or changed.", ("team", "fields"))
ABSENCE_PLANNED = Verb("person.absence_planned", "A person will be away.", ("person", "from", "until"))
ABSENCE_ENDED = Verb("person.absence_ended", "An absence was taken back.", ("person", "from", "until"))
ACCOUNT_CHANGED = Verb("account.changed", "An account was made or changed.", ("account", "fields"))
CUSTOMER_MET = Verb("customer.met", "A customer wrote, or was entered, for the first time.", ("customer",))
CUSTOMER_CHANGED = Verb("customer.changed", "A customer's details changed.", ("customer", "fields"))
SENDER_BLOCKED = Verb("sender.blocked", "A sender's mail is no longer taken in.", ("customer",))
SENDER_UNBLOCKED = Verb("sender.unblocked", "A sender's mail is taken in again.", ("customer",))
DESK_OPENED = Verb("desk.opened", "A desk was opened: the first run is done.", ("person",))
COMPANY_CHANGED = Verb("company.changed", "The company's own settings changed.", ("fields",))
TOKEN_MADE = Verb("token.made", "A machine was given access.", ("token",))
TOKEN_REVOKED = Verb("token.revoked", "A machine's access ended.", ("token",))
BRAND_CHANGED = Verb(
    "brand.changed", "A brand, as customers see us, was made or changed.", ("brand", "fields")
)
SEES_COMPANY_GRANTED = Verb(
    "customer.sees_company",
    "A contact may, or may no longer, follow their company's requests.",
    ("customer", "account", "may"),
)
