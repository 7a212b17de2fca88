"""Mails of mail systems about a mail of ours that did not arrive."""

import re
from dataclasses import dataclass

from ombud.lib.mail.addresses import clean_address
from ombud.lib.mail.charsets import decode
from ombud.lib.mail.headers import split

# Reports repeat the original below; what matters stands in the first screens.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail system reports.

    `permanent` is True if it has given up, False if it is still trying. `status` is an enhanced code such as
    "5.1.1", or empty. `original_message_id` is None if the report does not repeat it.
    """

    original_message_id: str | None
    recipient: str | None
    status: str
    permanent: bool
    reason: str

    def as_dict(self):
        """For JSON."""
        return {
            "original_message_id": self.original_message_id,
            "recipient": self.recipient,
            "status": self.status,
            "permanent": self.permanent,
            "reason": self.reason,
        }


_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_MESSAGE_ID = re.compile(r"^[ \t>]*Message-I[Dd]:\s*(<[^<>\s]{1,990}>)", re.MULTILINE | re.IGNORECASE)
_ANY_ADDRESS = re.compile(r"[^\s<>@\"'(),;:\[\]]{1,64}@[^\s<>@\"'(),;:\[\]]{1,255}")
_ROBOT = re.compile(
    r"(?:mailer-daemon|postmaster|mail-?daemon|mailerdaemon|microsoftexchange[0-9a-f]*|bounces?)(?:@|$)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s*(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|incomplete|delayed"
    r"|problem)|mail delivery (?:failed|failure|system|delayed)"
    r"|failure notice|returned mail|returned to sender|message (?:undeliverable|delayed)|warning: (?:message"
    r"|could not send)|mail (?:system error|could not be delivered)"
    r"|non remis|undelivrable|échec de (?:la )?(?:remise|livraison)|no se puede entregar|no entregad|error en"
    r" la entrega|devuelto|unzustellbar|zustellung"
    r"|onbestelbaar|non recapitabile|não entregue|não é possível entregar|无法(?:送达|投递|传递)|邮件(?:无法"
    r"|投递失败|退回)|退信|系统退信|未传递|無法(?:傳遞|送達)|配信(?:不能|エラー)|niedostarcz)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"This message was created automatically by mail delivery software|Hi\. This is the (?:qmail-send"
    r"|deliver) program"
    r"|Your message did not reach some or all of the intended recipients|Delivery has failed to these"
    r" recipients or groups"
    r"|I'm sorry to have to inform you that your message could not|This is the mail system at host|Your"
    r" message wasn't delivered to"
    r"|Delivery to the following recipients? (?:failed|has been delayed)|The following addresses had"
    r" permanent fatal errors|did not reach the following recipient"
    r"|A message that you sent could not be delivered|Sorry, we were unable to deliver your message|couldn't"
    r" be delivered|could not be delivered to",
    re.IGNORECASE,
)
_STILL_TRYING = re.compile(
    r"has not yet been delivered|delivery (?:attempts )?will (?:continue|be retried)|still being (?:tried"
    r"|retried)|THIS IS A WARNING MESSAGE ONLY|has been delayed"
    r"|will continue to (?:try|be attempted)|delivery (?:is )?delayed",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"(?:Remote[- ]Server returned '|the response (?:from the remote server )?was:\s*|said:\s*"
    r"|SMTP error[^\n]{0,200}:\s*(?:\d{3}[ -])?|Remote host said:\s*)([^\n]{4,300})"
    r"|((?<![\d.])[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3})?[^\n]{0,300})",
    re.IGNORECASE,
)


def bounce_in(headers, leaves, text, subject, from_address) -> tuple[Bounce | None, str]:
    """The bounce and the sentence that says how it was known; (None, "") for ordinary mail."""
    by_type = {leaf.content_type: leaf for leaf in reversed(leaves)}
    report = by_type.get("message/delivery-status") or by_type.get("message/global-delivery-status")
    if report is not None:
        fields = _fields(report.content()[:_SAMPLE])
        if fields:
            action = fields.get("action", "").lower()
            if action and not action.startswith(("failed", "delayed")):
                return None, f"It is a delivery report that says {action[:20]}."
            return _from_report(
                fields, _original_id(by_type, text), text
            ), "It is a delivery status report (a bounce)."
    robot = _ROBOT.match(from_address) or headers.raw("return-path").strip() == "<>" or not from_address
    failed = headers.raw("x-failed-recipients")
    if not (failed or (robot and (_SUBJECT.match(subject) or _BODY.search(text, 0, _SAMPLE)))):
        return None, ""
    original = _original_id(by_type, text) or _referred(headers)
    return _from_words(
        text[:_SAMPLE], subject, failed, original, from_address
    ), "It is a bounce in plain words of a mail system."


def _fields(data):
    """The fields of the first recipient that failed; headers about the whole message come before them."""
    first, chosen = {}, None
    for block in data.replace(b"\r\n", b"\n").strip().split(b"\n\n"):
        headers, _, _ = split(block.strip() + b"\n\n", _SAMPLE)
        fields = {
            name: headers.text(name) for name in ("final-recipient", "original-recipient", "action", "status")
        }
        fields["diagnostic-code"] = headers.text("diagnostic-code")
        if not (fields["action"] or fields["status"] or fields["final-recipient"]):
            continue
        first = first or fields
        if chosen is None and fields["action"].lower().startswith("failed"):
            chosen = fields
    return chosen or first


def _from_report(fields, original, text):
    recipient = fields["original-recipient"] or fields["final-recipient"]
    found = _ANY_ADDRESS.search(recipient)
    status = _STATUS.search(fields["status"]) or _STATUS.search(fields["diagnostic-code"])
    reason = (
        fields["diagnostic-code"].partition(";")[2].strip()
        or fields["diagnostic-code"]
        or _reason(text[:_SAMPLE])
    )
    return Bounce(
        original,
        clean_address(found.group()) if found else None,
        status.group(1) if status else "",
        not fields["action"].lower().startswith("delayed"),
        reason[:500],
    )


def _from_words(text, subject, failed, original, from_address):
    recipient = _ANY_ADDRESS.search(failed) if failed else None
    if recipient is None:
        recipient = next(
            (m for m in _ANY_ADDRESS.finditer(text[:5_000]) if m.group().lower() != from_address.lower()),
            None,
        )
    status = _STATUS.search(text)
    code = _REPLY_CODE.search(text)
    trying = _STILL_TRYING.search(text) or _STILL_TRYING.search(subject)
    return Bounce(
        original,
        clean_address(recipient.group().strip(".")) if recipient else None,
        status.group(1) if status else f"{code.group(1)}.0.0" if code else "",
        not trying,
        _reason(text),
    )


def _reason(text):
    found = _REASONS.search(text)
    if found:
        return " ".join((found.group(1) or found.group(2)).split()).rstrip("'")[:500]
    return next((line.strip()[:500] for line in text.split("\n") if line.strip()), "")


def _original_id(by_type, text):
    for kind in (
        "message/rfc822",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global",
        "message/global-headers",
    ):
        if kind in by_type:
            headers, _, _ = split(by_type[kind].content()[:200_000].lstrip())
            found = re.search(r"<[^<>\s]{1,990}>", headers.raw("message-id"))
            if found:
                return found.group()
    for kind, leaf in by_type.items():
        if kind.startswith("text/"):
            found = _MESSAGE_ID.search(decode(leaf.content()[:200_000])[0])
            if found:
                return found.group(1)
    found = _MESSAGE_ID.search(text, 0, 200_000)
    return found.group(1) if found else None


def _referred(headers):
    found = re.findall(r"<[^<>\s]{1,990}>", headers.raw("in-reply-to") or headers.raw("references")[-4000:])
    return found[-1] if found else None
