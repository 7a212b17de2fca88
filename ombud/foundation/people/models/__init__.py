"""Our people and theirs."""

from .company import Company
from .customers import Account, AccountDomain, AccountSeat, Customer, CustomerAddress
from .ours import Absence, Membership, Person, Role, Team
from .tokens import Token

__all__ = [
    "Absence",
    "Account",
    "AccountDomain",
    "AccountSeat",
    "Company",
    "Customer",
    "CustomerAddress",
    "Membership",
    "Person",
    "Role",
    "Team",
    "Token",
]
