"""Where the first sentence of what somebody wrote ends."""

import re

LONGEST = 140  # letters; what is longer says too much to stand alone
_END = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)|[。！？]+[”’』」）]*")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\Z")
# Words that end with a full stop in the middle of a sentence, in English, Spanish and French.
_SHORT = re.compile(
    r"mrs?|ms|dr|st|no|nr|vs|approx|inc|ltd|co|corp|dept|etc|sra?|srta|dra|uds?|núm|pág|av|art|mme|mlle|ex|env"
    r"|tél|prof|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)
_LIST = re.compile(r"[>•*–—-]\s|\d{1,3}[.)]\s")


def first_sentence(text):
    """(the first sentence, the rest); ("", all of it) where it is too long, a list, or ends nowhere."""
    text = text.strip()
    line, _break, after = text.partition("\n")
    line = line.rstrip()
    if _LIST.match(line):
        return "", text
    end = next((match.end() for match in _END.finditer(line) if _is_end(line, match.end())), len(line))
    goes_on = end == len(line) and after[:1].strip() and line[-1:] not in ".!?…:。！？："
    if not 0 < end <= LONGEST or goes_on:
        return "", text
    return line[:end], text[end:].strip()


def _is_end(line, end):
    said, after = line[:end], line[end:].lstrip().lstrip("\"'“‘«(¿¡")
    if not after or any(stop in said[-2:] for stop in "。！？"):
        return True
    word = _LAST_WORD.search(said)
    if word and (len(word[1]) == 1 or _SHORT.fullmatch(word[1])):
        return False
    return not after[0].islower()
