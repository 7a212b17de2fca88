"""Declaring what people of ours may be told, and in which words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

KINDS = {}
# Who works on the desk sees a notice within a minute: a mail about what was read would only be one mail more.
WAIT = timedelta(seconds=60)


def nothing_more(notice):
    """What a notice is about, for kinds that are about nothing else."""
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of notice. Each room declares its own in its `notices.py`; all texts are lazily translated.

    `meaning` stands in everybody's settings ("Somebody mentions me"), `words` is the notice itself and may
    name `%(who)s`; or it is a function(notice, now) that says it. `by_mail` is the default way, which each
    person may change; an `urgent` mail leaves at once. `about(notice)` names the thing in one line, or
    answers None when the person may not see it (any more), or when it is moot; then there is no mail.
    `page` names the page to which a notice about several things leads: "door:page".
    """

    name: str
    meaning: str | Promise
    words: str | Promise | Callable
    icon: str = "bell"
    by_mail: bool = False
    urgent: bool = False
    about: Callable = nothing_more
    page: str = ""

    def __post_init__(self):
        if self.name in KINDS:
            raise ValueError(f"the notice “{self.name}” is declared twice")
        KINDS[self.name] = self

    @property
    def wait(self):
        """How long a mail waits for the notice to be read in the product."""
        return timedelta(0) if self.urgent else WAIT


def named(name):
    """The kind with this name. Raises ValueError for one that no room declares."""
    if name not in KINDS:
        raise ValueError(f"no room declares the notice “{name}”: add a Kind to its notices.py")
    return KINDS[name]


def sentence(notice, now):
    """What a notice says, in the language that is active; a room that was taken out left only the fact."""
    words = KINDS[notice.kind].words if notice.kind in KINDS else _("Something happened")
    if callable(words):
        return words(notice, now)
    return str(words) % {"who": notice.by.name if notice.by else "Ombud"}


def page_of(notice):
    """The name of the page to which it leads when it is about no one thing; or nothing."""
    return KINDS[notice.kind].page if notice.kind in KINDS else ""


def icon_of(notice):
    """The picture beside it."""
    return KINDS[notice.kind].icon if notice.kind in KINDS else "bell"
