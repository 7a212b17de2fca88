"""Incidents, who is affected by them, and what they are told."""

from .broadcasts import Approval, Broadcast, Purpose, Rule, State, Wording
from .incidents import Affected, Finding, Incident, Kind, Reason
from .recipients import Recipient, Standing, Why

__all__ = [
    "Affected",
    "Approval",
    "Broadcast",
    "Finding",
    "Incident",
    "Kind",
    "Purpose",
    "Reason",
    "Recipient",
    "Rule",
    "Standing",
    "State",
    "Why",
    "Wording",
]
