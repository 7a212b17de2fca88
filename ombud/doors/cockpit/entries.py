"""One line of an escalation's timeline."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


@dataclass
class Entry:
    """`side`: outside (the customer sees it), inside, decision, or machine.

    `score`: how it goes for them, from 1 to 10. `due`: by when the fix after a workaround is owed.
    """

    key: str
    side: str
    at: datetime
    icon: str
    who: str = ""
    about: str = ""
    words: str = ""
    more: str = ""
    lang: str = ""
    kept: str = ""
    is_kept: bool = True
    state: str = ""
    ticket: int | None = None
    score: int | None = None
    is_bad: bool = False
    due: datetime | None = None

    @property
    def day(self):
        """The day on which it happened, in the reader's zone."""
        return timezone.localtime(self.at).date()
