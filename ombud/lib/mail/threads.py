"""What a subject is about, without the marks that answering and forwarding put before it."""

import re

_PREFIXES = (
    "re|r|fwd?|i|"  # English, Italian
    "aw|wg|antw?|doorst|"  # German, Dutch
    "rv|rif|enc|res|reenv|reenviado|respuesta|"  # Spanish, Italian, Portuguese
    "tr|ré|réf|rép|"  # French
    "sv|vs|vb|vl|vá|ynt|ilt|odp|pd|bls|trs|továbbítás|"  # Nordic, Turkish, Polish, Indonesian, Hungarian
    "απ|πρθ|σχετ|от|отв|на|ha|пер|fs|回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送|회신|전달|תגובה|השב|הועבר"
    "|رد|إعادة توجيه"
)
_PREFIX = re.compile(
    rf"\s*(?:{_PREFIXES})\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|\*\d{{1,3}}|\^\d{{1,3}})?\s*[:：]\s*",
    re.IGNORECASE,
)
_OUR_MARK = re.compile(r"\s*\[#\d{1,10}\]\s*")
_LIST_TAG = re.compile(r"\s*\[[^\[\]#]{1,60}\]\s*(?=\S)")
# Nobody writes a longer subject by hand.
_LONGEST = 1_000


def subject_core(subject: str, *, list_tags: bool = False) -> str:
    """ "RE: AW: [#1001] Printer" is about "Printer". With `list_tags`, "[dev] Printer" is so too.

    Letters keep their case; spaces are made single. The answer may be empty.
    """
    core = " ".join(_OUR_MARK.sub(" ", subject[:_LONGEST]).split())
    at = 0
    while True:
        mark = _PREFIX.match(core, at) or (list_tags and _LIST_TAG.match(core, at)) or None
        if mark is None:
            return core[at:].strip()
        at = mark.end()


_FORWARD = re.compile(
    r"\s*(?:fwd?|wg|doorst|i|rv|enc|reenv|reenviado|tr|vs|vl|vb|pd|ilt|пер|转发|轉寄|轉發|転送|전달|הועבר"
    r"|πρθ|továbbítás|fs)\s*[:：]",
    re.IGNORECASE,
)


def is_forward_subject(subject: str) -> bool:
    """True if the subject's first mark says that the mail was passed on, not answered."""
    return bool(_FORWARD.match(_OUR_MARK.sub(" ", subject[:_LONGEST])))
