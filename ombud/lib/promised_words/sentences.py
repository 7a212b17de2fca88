"""A text as the sentences of its writer: without what is quoted, forwarded, signed or asked."""

import re

# Where somebody else's words begin.
BEGINS = re.compile(
    r"^(?:-{2,}\s*$|_{5,}|-{3,}.*(?:original|message|mensaje|邮件).*-{3,}"
    r"|On\b.{5,200}\bwrote:|El\b.{5,200}\bescribió:|Le\b.{5,200}\ba écrit\s*:|.{0,120}写道[:：]"
    r"|(?:From|De|Von|发件人)\s*[:：].*@)",
    re.IGNORECASE | re.MULTILINE,
)
QUOTED_LINE = re.compile(r"^\s*(?:>|\|).*$", re.MULTILINE)
IN_QUOTES = re.compile(r"“[^”]*”|«[^»]*»|「[^」]*」|『[^』]*』|\"[^\"\n]{1,300}\"")
# A full stop within a time or a number, or after “p.m”, ends nothing.
ENDS = re.compile(
    r"(?<=[!?。！？；])|(?<=[^\d.\s][.])(?=\s)|(?<=\d[.])(?=\s+[A-ZÁÉÍÓÚÀÂÇÈÊ¿¡])|\n{2,}|\n(?=\s*[-*•\d])"
)
SHORT = re.compile(
    r"\b(?:[ap]\.\s?m|a\.\s?m|p\.\s?m|h|hrs?|min|Mr|Mrs|Ms|Dr|Sr|Sra|Mme|M|No|aprox)\.$", re.IGNORECASE
)


def sentences(text, questions=False):
    """Sentences, with apostrophes and spaces made alike; questions left out, unless they are asked for."""
    own = QUOTED_LINE.sub("", text.replace("\r\n", "\n"))
    begins = BEGINS.search(own)
    own = IN_QUOTES.sub(" … ", own[: begins.start()] if begins else own)
    own = own.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    for part in _joined(ENDS.split(own)):
        said = " ".join(part.split())
        if said and (questions or not (said.endswith(("?", "？")) or said.startswith("¿"))):
            yield said


def _joined(parts):
    """Parts that were cut after a short form go on."""
    kept = ""
    for part in parts:
        kept += part or ""
        if not SHORT.search(kept.rstrip()):
            yield kept
            kept = ""
    yield kept
