"""Finding an asking in a text, in every language that we write."""

import re
from dataclasses import dataclass

from ombud.lib.promised_words.sentences import sentences

from . import chinese, english, french, spanish

LANGUAGES = (english, spanish, french, chinese)
LONGEST_QUOTE = 300
LONGEST_TEXT = 20_000  # letters that are read; nobody asks on the tenth page
LONGEST_SENTENCE = 600  # letters; what is longer is a log or a table
# Without one of these nobody asks: most mails are done with here.
HINT = re.compile(
    r"escal|escál|élev|elév|elev|manager|manag|supervis|superior|supérieur|boss|jef[ea]|chef|higher|senior|charge|complain|whoever|authority"
    r"|head of|direc|responsable|encargad|gerent|reclam|réclam|queja|plainte|hiérarchie"
    r"|remont|arriba|encima|au-dessus|decid|décid|mande|leader|patron|autor|haut"
    r"|升级|上报|投诉|领导|主管|经理|上级|上司|负责人|老板|总监|级别"
    r"|主任|管理层|高层|做主|反映|管事",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"\s*[,;:，；：—–()]\s*|\s+-\s+|\s+(?:but|pero|sino|mais)\s+|(?=但是?|而是)")


@dataclass(frozen=True)
class Asked:
    """The sentence by which they ask."""

    quote: str


def find(text):
    """The first sentence that asks for an escalation, or for somebody higher; None without one.

    What is quoted, refused, told of the past, or would only follow from something else, asks for nothing:
    rather one too few than one too many, since they can also press a button.
    """
    text = text[:LONGEST_TEXT]
    if not HINT.search(text):
        return None
    for sentence in sentences(text, questions=True):
        if len(sentence) <= LONGEST_SENTENCE and any(_asks(sentence, language) for language in LANGUAGES):
            return Asked(sentence[:LONGEST_QUOTE])
    return None


def _asks(sentence, language):
    if not language.ASKS.search(sentence) or language.DEPENDS.search(sentence):
        return False
    clauses = [clause for clause in CLAUSES.split(sentence) if clause]
    if any(language.ASKS.search(clause) and not language.REFUSES.search(clause) for clause in clauses):
        return True
    # What asks may stand around a comma: “Please, and I mean now, escalate this.”
    return not language.REFUSES.search(sentence)
