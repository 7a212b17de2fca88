"""What the spam filters and signature checks on the way have written into a mail."""

import re
from dataclasses import dataclass, field

_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_SCORE = re.compile(r"\b(?:score|hits)=\s*(-?\d{1,6}(?:\.\d{1,6})?)", re.IGNORECASE)
_RSPAMD = re.compile(r"(?:default|[\w-]+):\s*(True|False)\s*\[(-?[\d.]{1,10})\s*/", re.IGNORECASE)
_SCL = re.compile(r"\bSCL:(-?\d)")
_CHECK = re.compile(r"\b(spf|dkim|dmarc|arc)\s*=\s*([a-z]{2,12})", re.IGNORECASE)
# Exchange calls 5 and more spam.
_SPAM_CONFIDENCE = 5
# SpamAssassin's usual line; as many stars in X-Spam-Level.
_USUAL_LINE = 5.0


@dataclass(frozen=True, slots=True)
class Spam:
    """The filters' verdict: `flagged` if one called it spam, a score, results of spf, dkim, dmarc."""

    flagged: bool = False
    score: float | None = None
    checks: dict = field(default_factory=dict)
    why: str = ""


def spam_verdict(headers) -> Spam:
    """Read the headers of SpamAssassin, Rspamd, Exchange, Bogofilter, Barracuda and Authentication-Results.

    An explicit yes or no is believed before a score. Only the topmost Authentication-Results counts: the
    receiving server puts its own there, those below may be the sender's invention.
    """
    verdicts, score = [], None
    for name in (
        "x-spam-flag",
        "x-spam",
        "x-barracuda-spam-status",
        "x-spam-status",
        "x-bogosity",
        "x-rspamd-action",
    ):
        value = headers.raw(name).strip().lower() if name in headers else ""
        if value:
            spam = value.startswith(("yes", "true", "spam", "reject", "add header", "rewrite subject"))
            verdicts.append((spam, name))
            found = _SCORE.search(value)
            score = float(found.group(1)) if found else score
    rspamd = _RSPAMD.match(headers.raw("x-spamd-result")) if "x-spamd-result" in headers else None
    if rspamd:
        verdicts.append((rspamd.group(1).lower() == "true", "x-spamd-result"))
        score = _float(rspamd.group(2), score)
    for name in ("x-spam-score", "x-rspamd-score"):
        if score is None and name in headers:
            score = _float(headers.raw(name), None)
    scl = (
        _SCL.search(headers.raw("x-forefront-antispam-report"))
        if "x-forefront-antispam-report" in headers
        else None
    )
    confidence = scl.group(1) if scl else headers.raw("x-ms-exchange-organization-scl").strip()
    if confidence.lstrip("-").isdigit():
        verdicts.append((int(confidence) >= _SPAM_CONFIDENCE, "the Exchange spam confidence"))
    if "x-spam-level" in headers:
        stars = headers.raw("x-spam-level").count("*")
        score = float(stars) if score is None else score
        if not verdicts and stars >= _USUAL_LINE:
            verdicts.append((True, "x-spam-level"))
    said = next((name for spam, name in verdicts if spam), None)
    return Spam(
        said is not None, score, _checks(headers), f"A spam filter flagged it ({said})." if said else ""
    )


def _float(text, otherwise):
    found = _NUMBER.search(text)
    return float(found.group()) if found else otherwise


def _checks(headers):
    if "authentication-results" not in headers:
        return {}
    checks = {}
    for name, result in _CHECK.findall(headers.raw("authentication-results")[:4_000]):
        checks.setdefault(name.lower(), result.lower())
    return checks
