"""The rows of this room."""

from .policies import Policy, PolicyVersion
from .promises import Agreement, Kind, Promise, State

__all__ = ["Agreement", "Kind", "Policy", "PolicyVersion", "Promise", "State"]
