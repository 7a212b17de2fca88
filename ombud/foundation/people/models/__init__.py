"""Our people and theirs."""

from .brands import Brand
from .company import Company
from .customers import Account, AccountDomain, AccountSeat, Customer, CustomerAddress
from .ours import Absence, Membership, Person, Role, Team
from .tokens import Token

__all__ = [
    "Absence",
    "Account",
    "AccountDomain",
    "AccountSeat",
    "Brand",
    "Company",
    "Customer",
    "CustomerAddress",
    "Membership",
    "Person",
    "Role",
    "Team",
    "Token",
]
