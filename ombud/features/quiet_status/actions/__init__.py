"""The verbs of quiet status. Doors import them from here."""

from .answering import answer
from .asking import ask, consider, withdraw_those_of
from .bundles import send_due
from .wishes import set_wishes

__all__ = ["answer", "ask", "consider", "send_due", "set_wishes", "withdraw_those_of"]
