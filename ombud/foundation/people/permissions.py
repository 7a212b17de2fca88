"""Who may do what: one table of role × verb (M74). Every door asks here and nowhere else."""

from django.core.exceptions import PermissionDenied

from .models import Role

SEE_ALL = "see_all"  # every ticket that is not in a private team of others
ANSWER = "answer"  # write to customers
NOTE = "note"  # write inside
ASSIGN = "assign"  # give tickets to people and teams
CHANGE = "change"  # status, severity, urgency, tags, merge, split
OVERRULE = "overrule"  # set a priority against the matrix
LOG = "log"  # log a complaint on a customer's behalf
SHARE = "share"  # saved views, quick replies and tags for everyone
CUSTOMERS = "customers"  # edit and import customers and accounts
PEOPLE = "people"  # people, teams, absences
ESCALATIONS = "escalations"  # lead any escalation on: stages, waivers, closing
APPROVE = "approve"  # approve and send what many customers are told
PROMISES = "promises"  # working calendars and SLA policies
ADMINISTER = "administer"  # mailboxes, company, tokens, mail put aside

VERBS = (
    *(SEE_ALL, ANSWER, NOTE, ASSIGN, CHANGE, OVERRULE, LOG, SHARE, CUSTOMERS, PEOPLE),
    *(ESCALATIONS, APPROVE, PROMISES, ADMINISTER),
)

_everyone = {NOTE, LOG}
_desk = _everyone | {SEE_ALL, ANSWER, ASSIGN, CHANGE, CUSTOMERS}
_leading = _desk | {OVERRULE, SHARE, PEOPLE, PROMISES, ESCALATIONS, APPROVE}

MAY = {
    Role.ADMINISTRATOR: frozenset(VERBS),
    Role.HEAD: frozenset(_leading),
    Role.LEAD: frozenset(_leading),
    Role.ESCALATION_MANAGER: frozenset(_leading - {PEOPLE}),
    Role.ENGINEER: frozenset(_desk | {SHARE}),
    Role.ASSOCIATE: frozenset(_desk),
    Role.TAM: frozenset(_desk),
    Role.ANALYST: frozenset(_everyone | {SEE_ALL, SHARE}),
    Role.CSM: frozenset(_everyone),
    Role.AE: frozenset(_everyone),
    Role.SPONSOR: frozenset(_everyone),
    Role.TECHNICAL_OWNER: frozenset(_everyone),
}


def may(person, verb):
    """Whether a person of ours may do something; nobody who left may do anything."""
    return bool(person and person.is_active and verb in MAY.get(person.role, ()))


def require(person, verb):
    """The same, or PermissionDenied."""
    if not may(person, verb):
        raise PermissionDenied(verb)


def may_grant(person, role):
    """Whether a person may give somebody this role: never more than they may do themselves."""
    return MAY.get(role, frozenset()) <= MAY.get(person.role, frozenset())
