"""A mail that a person passed on: who wrote it first, and what."""

from dataclasses import dataclass

from ombud.lib.mail.addresses import Address, read_addresses
from ombud.lib.mail.quotes import Split, field_lines
from ombud.lib.mail.threads import is_forward_subject


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail inside a mail. `date` is as written there, since it rarely names its zone."""

    from_: Address | None
    subject: str
    date: str
    text: str

    def as_dict(self):
        """For JSON."""
        sender = self.from_.as_dict() if self.from_ else None
        return {"from": sender, "subject": self.subject, "date": self.date, "text": self.text}


def forwarded_in(text: str, split: Split, subject: str) -> Forwarded | None:
    """The forwarded mail in a body that was split already.

    Programs that write the same block over a reply and over a forward (Outlook) tell them apart by the
    subject only.
    """
    if split.mark != "forward" and not (split.mark in ("block", "original") and is_forward_subject(subject)):
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[split.cut_at :]
    fields, after = field_lines(_unquoted(lines), 1 if split.mark == "forward" else 0)
    if "from" not in fields and "subject" not in fields:
        return None
    body = "\n".join(_unquoted(lines)[after:]).strip()
    return Forwarded(_sender(fields.get("from", "")), fields.get("subject", ""), fields.get("date", ""), body)


def _unquoted(lines):
    """Apple Mail puts `> ` before everything that it forwards."""
    written = [line for line in lines[1:] if line.strip()]
    if written and all(line.lstrip().startswith(">") for line in written):
        return [
            line.lstrip()[1:].removeprefix(" ") if line.strip() else line for line in lines[:1] + lines[1:]
        ]
    return lines


def _sender(value):
    value = (
        value.replace("[mailto:", "<").replace("]", ">").replace("*", "")
        if "[mailto:" in value
        else value.strip("* ")
    )
    value = value.replace("<mailto:", "<")
    found, _ = read_addresses(value.encode("utf-8").decode("latin-1"))
    if found:
        return found[0]
    return Address(value[:200], "") if value else None
