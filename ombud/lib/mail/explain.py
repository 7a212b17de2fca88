"""`bin/ombud mail explain FILE…`: what Ombud sees in a mail, as one line of JSON per file. No database."""

import json
import sys
from pathlib import Path

from ombud.lib.mail.understood import NotUnderstood, understand


def explain(raw: bytes, name: str) -> dict:
    """All that was understood, as plain values; `{"file", "error"}` if the mail cannot be understood."""
    try:
        mail = understand(raw)
    except NotUnderstood as error:
        return {"file": name, "error": str(error)}
    return {
        "file": name,
        "from": [one.as_dict() for one in mail.from_],
        "to": [one.as_dict() for one in mail.to],
        "cc": [one.as_dict() for one in mail.cc],
        "reply_to": [one.as_dict() for one in mail.reply_to],
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "text": mail.text,
        "reply_text": mail.reply_text,
        "quoted_text": mail.quoted_text,
        "attachments": [part.as_dict() for part in mail.attachments],
        "auto_reply": mail.auto_reply,
        "bounce": mail.bounce.as_dict() if mail.bounce else None,
        "forwarded": mail.forwarded.as_dict() if mail.forwarded else None,
        "language": mail.language,
        "spam": mail.spam.flagged,
        "why": list(mail.why),
    }


def main(argv: list[str]) -> int:
    """Explain each file (`-` is standard input). 1 if one could not be read or understood, else 0."""
    failed = False
    for name in argv:
        try:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            seen = explain(raw, name)
        except OSError as error:
            seen = {"file": name, "error": f"The file cannot be read: {error.strerror or error}."}
        failed = failed or "error" in seen
        line = json.dumps(seen, ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(line.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    return int(failed)
