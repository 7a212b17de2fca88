"""How people promise in French."""

import re

from .moments import Ahead, Clock, Date, Part, Span, Week, Weekday

_NOW = (
    r"(?:rappelle|rappelons|appelle|appelons|écris|écrivons|envoie|envoyons|réponds|répondons|recontacte|"
    r"recontactons|contacte|contactons|tiens|tenons|informe|informons|donne|donnons|confirme|confirmons|"
    r"transmets|transmettons|fais|faisons|rembourse|remboursons|préviens|prévenons|livre|livrons|dis"
    r"|disons|"
    r"règle|réglons|corrige|corrigeons)"
)
_LATER = r"\w{2,}(?:rai|rons)"
_WHOM = r"(?:(?:vous|te|le|la|les|lui|leur|y|en)\s+|[tl]')*"
COMMITS = re.compile(
    rf"\b(?:je|nous|on)\s+{_WHOM}(?:{_NOW}|{_LATER})\b|\bj'\w+rai\b"
    r"|\b(?:je vais|nous allons|on va)\s+(?:(?:vous|te|le|la|les)\s+|l'|t')*(?:rappeler|appeler|écrire"
    r"|envoyer|"
    r"répondre|recontacter|contacter|tenir|informer|donner|faire|régler|corriger|résoudre|rembourser"
    r"|confirmer)\b"
    r"|\b(?:je|nous) (?:reviens|revenons|reviendrai|reviendrons) vers\b"
    r"|\bvous (?:aurez|recevrez)\b|\btu (?:auras|recevras)\b"
    r"|\bser(?:a|ont) (?:réglé|prêt|corrigé|résolu|livré|envoyé|expédié|remboursé|fait)\w*",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:si|s'il(?! (?:vous|te) pla[iî]t)|s'ils|dès que|dès réception|lorsque|quand|à condition"
    r"|au cas où|à moins|"
    r"selon|peut-être|sans doute|probablement|essa\w+|tent(?:e|er|erai|ons|erons)|esp[èé]r\w+|devr\w+|"
    r"pourr\w+|ne|pas|jamais|avez (?:dit|écrit|promis)|chaque (?:jour|semaine|mois|matin))\b|\bn'(?=\w)",
    re.IGNORECASE,
)
OUR_TIME = re.compile(r"\b(?:notre heure|heure de chez nous|chez nous)\b", re.IGNORECASE)

_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"]  # fmt: skip
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "huit": 8, "dix": 10,
            "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "une demi": 0.5}  # fmt: skip
_COUNT = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNITS = {"m": 60, "h": 3600, "j": 86_400, "s": 604_800}


def _number(said):
    return int(said) if said.isdigit() else _NUMBERS[said.lower()]


def _span(match):
    return Span(round(_number(match[1]) * _UNITS[match[2][0].lower()]))


def _weekday(match):
    return Weekday(_DAYS.index(match["day"].lower()), following=bool(match["after"]))


def _clock(match):
    hour = _number(match["h"])
    return Clock(hour, int(match["m"] or 0), exact=True) if hour <= 24 else None


TIMES = [
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (
            rf"\b(?:d'ici|dans|sous|en)(?: moins de| moins d'| environ| les)? ?{_COUNT}[ -](minutes?|min"
            rf"|heures?|h)\b",
            _span,
        ),
        (rf"\b(?:d'ici|dans|sous)(?: les)? {_COUNT} (jours?|semaines?)\b", _span),
        (r"\b(?:en |d'ici la )?fin de (?:la )?(?:journée|matinée|après-midi)\b",
         lambda m: Part(12 if "matin" in m[0] else 18)),
        (r"\bd'ici ce soir\b|\bce soir\b|\bdans la soirée\b", lambda m: Part(21)),
        (r"\b(?:d'ici )?(?:la )?fin de (?:la |cette )?semaine\b|\bcette semaine\b", lambda m: Week(0)),
        (r"\b(?:la )?semaine prochaine\b", lambda m: Week(1)),
        (r"\baprès-demain\b", lambda m: Ahead(2)),
        (r"\bdemain\b", lambda m: Ahead(1)),
        (r"\baujourd'hui\b", lambda m: Ahead(0)),
        (r"\baprès-midi\b", lambda m: Part(18)),
        (r"\b(?:ce matin|matin|matinée)\b", lambda m: Part(12)),
        (r"\bsoir\b", lambda m: Part(21)),
        (
            rf"\b(?P<d>\d{{1,2}})(?:er)? (?P<mon>{'|'.join(_MONTHS)})\b",
            lambda m: Date(_MONTHS.index(m["mon"].lower()) + 1, int(m["d"])),
        ),
        (rf"\b(?P<day>{'|'.join(_DAYS)})\b(?P<after> prochain| en huit)?", _weekday),
        (r"\bmidi\b", lambda m: Clock(12, exact=True)),
        (r"\bminuit\b", lambda m: Clock(23, 59, exact=True)),
        (r"\b(?P<h>\d{1,2}) ?(?:h|heures?|:) ?(?P<m>[0-5]\d)?\b", _clock),
    )
]  # fmt: skip
