"""The rows of this room."""

from .digests import Digest, DigestLine
from .offers import Offer
from .policies import Policy, PolicyVersion
from .promises import Agreement, Kind, Promise, State

__all__ = [
    "Agreement",
    "Digest",
    "DigestLine",
    "Kind",
    "Offer",
    "Policy",
    "PolicyVersion",
    "Promise",
    "State",
]
