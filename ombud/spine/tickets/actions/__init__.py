"""The verbs of a ticket. Doors and features import them from here."""

from .acknowledging import FirstWord, acknowledge_many
from .archives import settle_imported
from .beginning import begin
from .delivery import bounced
from .drafts import attach, detach, discard_draft, save_draft
from .joining import link, merge, split, unlink
from .levels import follow_matrix, overrule_priority, set_severity, set_urgency
from .moving import assign, mark_due, set_customer, set_status, set_team, snooze, wake
from .opening import Opening, join_in, open_many, open_ticket, receive, receive_inside
from .overhearing import overhear
from .tagging import keep_tag, merge_tags, rename, set_tags, tag, untag
from .telling import News, tell_many
from .words import keep_quick_reply, keep_view, remove_view
from .writing import TooLate, forward, note, reply, take_back

__all__ = [
    "FirstWord",
    "News",
    "Opening",
    "TooLate",
    "acknowledge_many",
    "assign",
    "attach",
    "begin",
    "bounced",
    "detach",
    "discard_draft",
    "follow_matrix",
    "forward",
    "join_in",
    "keep_quick_reply",
    "keep_tag",
    "keep_view",
    "link",
    "mark_due",
    "merge",
    "merge_tags",
    "note",
    "open_many",
    "open_ticket",
    "overhear",
    "overrule_priority",
    "receive",
    "receive_inside",
    "remove_view",
    "rename",
    "reply",
    "save_draft",
    "set_customer",
    "set_severity",
    "set_status",
    "set_tags",
    "set_team",
    "set_urgency",
    "settle_imported",
    "snooze",
    "split",
    "tag",
    "take_back",
    "tell_many",
    "unlink",
    "untag",
    "wake",
]
