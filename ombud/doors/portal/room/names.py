"""What our people are called where a customer reads it: by name, or by what they are to them."""

from django.utils.translation import gettext as _

from ombud.foundation.people.models import Role
from ombud.spine.escalations.models import Contact, Stakeholder
from ombud.spine.tickets.speaking import called
from ombud.ui.values import listed


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


ROLES = {  # as an outsider understands them
    Role.HEAD: N_("our head of support"),
    Role.LEAD: N_("our team lead"),
    Role.ESCALATION_MANAGER: N_("your escalation manager"),
    Role.ENGINEER: N_("our support engineer"),
    Role.TAM: N_("your technical account manager"),
    Role.CSM: N_("your success manager"),
    Role.AE: N_("your account manager"),
    Role.SPONSOR: N_("a member of our management"),
    Role.TECHNICAL_OWNER: N_("our specialist"),
}
ANY = N_("our support team")
DOES = {
    Stakeholder.Role.TECHNICAL: N_("repairs the cause"),
    Stakeholder.Role.LEAD: N_("leads the team that works on it"),
    Stakeholder.Role.CSM: N_("looks after your company here"),
    Stakeholder.Role.TAM: N_("knows your set-up and helps with it"),
    Stakeholder.Role.AE: N_("looks after your contract"),
    Stakeholder.Role.SPONSOR: N_("answers for it in our management"),
}
THEIRS = {
    Contact.Role.REQUESTER: N_("wrote to us"),
    Contact.Role.TECHNICAL: N_("technical contact"),
    Contact.Role.BUYER: N_("buyer"),
    Contact.Role.SPONSOR: N_("decides on your side"),
}


def role_of(person):
    """What one of ours is to a customer."""
    return _(ROLES.get(person.role, ANY))


def full(person, brand):
    """Their whole name, or what they are."""
    return person.name if brand.names_person else role_of(person)


def first(person, brand):
    """Their first name, or what they are, in the middle of a sentence."""
    return (called(person.name) or person.name) if brand.names_person else role_of(person)


def all_of(people, brand):
    """Several of them, each once."""
    return str(listed(list(dict.fromkeys(full(person, brand) for person in people))))


def capital(sentence):
    """With a large first letter."""
    return sentence[:1].upper() + sentence[1:]
