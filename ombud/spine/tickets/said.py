"""What comes into a ticket from outside: words, who said them, and what was enclosed."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Enclosed:
    """A file that is already stored (ombud.lib.files) and comes with a message."""

    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True)
class Said:
    """One message as it came in, understood. Addresses are lists of [name, address]."""

    text: str = ""
    html: str = ""
    quoted: str = ""
    subject: str = ""
    from_name: str = ""
    from_address: str = ""
    to: list = field(default_factory=list)
    cc: list = field(default_factory=list)
    message_id: str = ""
    references: list = field(default_factory=list)
    raw: str = ""
    language: str = ""
    happened_at: datetime | None = None
    auto: bool = False
    attachments: list[Enclosed] = field(default_factory=list)
