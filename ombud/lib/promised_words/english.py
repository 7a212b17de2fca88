"""How people promise in English."""

import re

from .moments import Ahead, Clock, Date, Part, Span, Week, Weekday

_DO = (
    r"(?:call|phone|ring|write|e-?mail|mail|reply|respond|answer|send|update|have|get|fix|ship|deliver"
    r"|contact|"
    r"tell|share|give|resolve|solve|finish|report|refund|replace|confirm|inform|repair|provide|deploy"
    r"|publish|"
    r"let you know|follow up|come back|be in touch|be back|keep you|look into|find out|check|post|return"
    r"|hear|"
    r"schedule|arrange|credit|review|start|do|see to|make sure|take care)\b"
)
_SURELY = (
    r"(?:\s+(?:also|personally|gladly|certainly|definitely|then|now|of course|myself|all|both|have \w+"
    r"|be))?"
)
COMMITS = re.compile(
    rf"\b(?:I|we)(?:'ll|\s+will|\s+shall|'m going to|\s+am going to|'re going to|\s+are going to"
    rf"|\s+promise to)"
    rf"{_SURELY}\s+(?:{_DO}|calling|sending|writing)"
    r"|\byou(?:'ll|\s+will|\s+shall)\s+(?:have|get|receive|hear|find|be called)\b"
    r"|\b(?:will|'ll) be (?:fixed|ready|resolved|solved|done|delivered|shipped|sent|refunded|with you"
    r"|live|back)\b"
    r"|\bexpect (?:a|an|our|my|the) \w+|\b(?:I|we) promise\b|\byou have my word\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:if|unless|in case|provided|depending|assuming|whether|once (?:you|we|they|I)|when you"
    r"|as soon as|"
    r"after you|until you|should you|might|may|could|would|hope|hopefully|try|trying|probably|maybe"
    r"|perhaps|"
    r"possibly|likely|won't|cannot|can't|not|never|you (?:said|wrote|told|mentioned|asked|promised)|"
    r"they (?:said|told|promised)|(?:he|she) (?:said|told|promised)|every (?:day|week|month|morning))\b"
    r"|n't\b",
    re.IGNORECASE,
)
OUR_TIME = re.compile(r"\b(?:our|my) (?:local )?time\b", re.IGNORECASE)

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|" + (
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8,
            "ten": 10, "twelve": 12, "half an": 0.5, "twenty": 20, "thirty": 30,
            "a couple of": 2}  # fmt: skip
_COUNT = r"(\d{1,3}|half an|a couple of|an?|one|two|three|four|five|six|eight|ten|twelve|twenty|thirty)"
_UNITS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def _number(said):
    return int(said) if said.isdigit() else _NUMBERS[said.lower()]


def _span(match):
    return Span(round(_number(match[1]) * _UNITS[match[2][0].lower()]))


def _weekday(match):
    day = next(index for index, name in enumerate(_DAYS) if name.startswith(match["day"].lower()[:3]))
    return Weekday(day, following=bool(match["next"]))


def _month(said):
    return _MONTHS.index(said.lower()[:3]) + 1


def _clock(match):
    hour, minute, half = int(match["h"]), int(match["m"] or 0), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        return Clock(hour % 12 + (12 if half[0] == "p" else 0), minute, exact=True)
    # 15:00 and 09:00 say what they mean; 3:00 is as open as 3.
    return Clock(hour, minute, exact=hour >= 13 or match["h"].startswith("0")) if hour <= 24 else None


_HALF = r"(?P<half>[ap]\.?\s?m\b\.?)"
TIMES = [
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"\b(?:with)?in (?:the next |less than |under |about |at most )?{_COUNT} (minutes?|mins?|hours?"
         rf"|hrs?)\b", _span),
        (rf"\bwithin (?:the next )?{_COUNT} (days?|weeks?)\b", _span),
        (rf"\bin {_COUNT} (days?|weeks?)\b",
         lambda m: Ahead(_number(m[1]) * (7 if m[2][0] in "wW" else 1))),
        (r"\bwithin the (hour)\b", lambda m: Span(3600)),
        (r"\bday after tomorrow\b", lambda m: Ahead(2)),
        (r"\b(?:end of (?:business|play|the day|day|today)|close of business|eod|cob)\b",
         lambda m: Part(18)),
        (r"\b(?:end of (?:this|the) week|later this week|this week)\b", lambda m: Week(0)),
        (r"\b(?:end of next week|next week)\b", lambda m: Week(1)),
        (r"\btomorrow\b", lambda m: Ahead(1)),
        (r"\b(?:today|later today)\b", lambda m: Ahead(0)),
        (r"\b(?:tonight|this evening)\b", lambda m: Part(21)),
        (r"\bevening\b", lambda m: Part(21)),
        (r"\bafternoon\b", lambda m: Part(18)),
        (r"\b(?<!good )morning\b", lambda m: Part(12)),
        (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<mon>{_MONTH})",
         lambda m: Date(_month(m["mon"]), int(m["d"]))),
        (rf"\b(?P<mon>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b",
         lambda m: Date(_month(m["mon"]), int(m["d"]))),
        (
            r"\b(?P<next>next )?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
            r"mon|tues?|wed|thurs?|fri)\b",
            _weekday,
        ),
        (r"\b(?:noon|midday|lunch ?time|lunch)\b", lambda m: Clock(12, exact=True)),
        (r"\bmidnight\b", lambda m: Clock(23, 59, exact=True)),
        (rf"\b(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?\s?{_HALF}", _clock),
        (r"\b(?P<h>\d{1,2})[:.](?P<m>[0-5]\d)(?P<half>)\b", _clock),
        (r"\b(?:at|by|before|until|till|around"
         r"|and) (?P<h>\d{1,2})(?P<m>)(?P<half>)(?: o'clock)?\b(?![:.,]?\d|\s*(?:%|€|parcels|days|hours"
         r"|minutes|items|labels))", _clock),
    )
]  # fmt: skip
