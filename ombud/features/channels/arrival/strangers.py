"""Who is no stranger to a ticket: whoever is named in it, and confirmed contacts of the same account."""

from dataclasses import dataclass, field

from ombud.spine.tickets.models import Message


@dataclass
class Company:
    """The people of a thread: addresses named in it, customers who wrote in it, the account it belongs to."""

    addresses: set = field(default_factory=set)
    third_parties: set = field(default_factory=set)
    customers: set = field(default_factory=set)
    account_id: int | None = None

    def knows(self, address, customer):
        """Whether somebody may write in the thread without a token of ours."""
        if address and address in self.addresses | self.third_parties:
            return True
        if customer is None:
            return False
        if customer.pk in self.customers:
            return True
        return bool(customer.confirmed and self.account_id and customer.account_id == self.account_id)


def company_of(ticket, known):
    """Everybody who is named in a ticket; our own addresses are nobody."""
    company = Company(customers={ticket.customer_id}, account_id=ticket.account_id)
    if ticket.customer.email:
        company.addresses.add(ticket.customer.email.lower())
    rows = ticket.messages.values_list("kind", "from_address", "to", "cc", "by_customer_id")
    for kind, from_address, to, cc, customer_id in rows:
        named = {from_address.lower(), *(pair[1].lower() for pair in (*to, *cc))}
        inside = kind in Message.INSIDE
        (company.third_parties if inside else company.addresses).update(named)
        if customer_id and not inside:
            company.customers.add(customer_id)
    ours = {"", *known.our_addresses}
    company.addresses -= ours
    company.third_parties -= ours | company.addresses
    return company


def company_of_arrived(arrived, known):
    """Everybody who is named in something that has just arrived."""
    customer = known.customers.get(arrived.sender)
    return Company(
        addresses=arrived.people - set(known.our_addresses),
        customers={customer.pk} if customer else set(),
        account_id=customer.account_id if customer else None,
    )
