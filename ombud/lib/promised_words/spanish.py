"""How people promise in Spanish."""

import re

from .moments import Ahead, Clock, Date, Part, Span, Week, Weekday

_STEMS = (
    r"(?:llam|escrib|envi|mand|respond|contest|avis|inform|confirm|actualiz|contact|repar|arregl|solucion|"
    r"resolv|devolv|reembols|entreg|dar|dir|har|tendr|volver|pas|complet|termin|public|revis|compart)"
)
_SOON = (
    r"(?:llamo|llamamos|escribo|escribimos|envío|enviamos|mando|mandamos|respondo|respondemos|contesto|"
    r"contestamos|aviso|avisamos|informo|informamos|confirmo|confirmamos|digo|decimos|cuento|contamos|"
    r"devuelvo|devolvemos|contacto|contactamos|paso|pasamos|hago|hacemos|doy|damos|tengo|tenemos|resuelvo|"
    r"resolvemos|soluciono|solucionamos|arreglo|arreglamos)"
)
COMMITS = re.compile(
    rf"\b(?:te|le|les|os|se|me|nos|lo|la|los|las)\s+(?:l[oae]s?\s+)?(?:{_STEMS}\w*(?:ré|remos)|{_SOON})\b"
    rf"|\b{_STEMS}\w*(?:ré|remos)\b"
    r"|\b(?:voy|vamos) a (?:llamar|escribir|enviar|mandar|responder|contestar|avisar|informar|resolver"
    r"|solucionar|"
    r"arreglar|confirmar|contactar|reembolsar|tener|dar)\w*"
    r"|\b(?:me pondré|nos pondremos|me pongo|nos ponemos) en contacto\b"
    r"|\b(?:tendrá|tendrás|tendrán|recibirá|recibirás|recibirán)(?=\W)"
    r"|\b(?:estará|quedará) (?:list|resuelt|arreglad|solucionad|enviad|entregad)\w*",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:si|cuando|en cuanto|en caso de|salvo que|a menos que|siempre que|tan pronto|una vez que|depende|"
    r"quizás?|tal vez|a lo mejor|probablemente|posiblemente|intent\w+|trat\w+ de|ojalá|espero|esperamos"
    r"|debería\w*|"
    r"podría\w*|puede que|no|nunca|tampoco|dij\w+|prometi\w+|cada (?:día|semana|mes))\b",
    re.IGNORECASE,
)
OUR_TIME = re.compile(r"\b(?:nuestra|mi) hora\b|\bhora nuestra\b", re.IGNORECASE)

_DAYS = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
_MONTHS = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"]  # fmt: skip
_NUMBERS = {"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "ocho": 8, "diez": 10,
            "media": 0.5, "siete": 7, "nueve": 9, "once": 11, "doce": 12, "quince": 15, "veinte": 20,
            "treinta": 30}  # fmt: skip
_COUNT = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNITS = {"m": 60, "h": 3600, "d": 86_400, "s": 604_800}


def _number(said):
    return int(said) if said.isdigit() else _NUMBERS[said.lower()]


def _span(match):
    return Span(round(_number(match[1]) * _UNITS[match[2][0].lower()]))


def _weekday(match):
    name = match["day"].lower().replace("miercoles", "miércoles").replace("sabado", "sábado")
    return Weekday(_DAYS.index(name), following=bool(match["next"] or match["after"]))


def _clock(match):
    said = match["h"]
    hour, past = _number(said), (match["past"] or "").lower()
    minute = 30 if past == "media" else 15 if past == "cuarto" else int(match["m"] or 0)
    return Clock(hour, minute, exact=hour >= 13 or said.startswith("0")) if hour <= 24 else None


TIMES = [
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"\b(?:dentro de|en)(?: menos de| un plazo de| unos?)? {_COUNT} (minutos?|min|horas?|h)\b", _span),
        (rf"\b(?:dentro de|en)(?: menos de| un plazo de)? {_COUNT} (días?|semanas?)\b", _span),
        (r"\b(?:al final|a finales|final) del día\b|\ba última hora\b|\bal cierre\b", lambda m: Part(18)),
        (
            r"\b(?:a )?(?:final|finales|fines) de (?:esta )?semana\b|\besta (?:misma )?semana\b",
            lambda m: Week(0),
        ),
        (r"\b(?:la )?(?:próxima semana|semana que viene)\b", lambda m: Week(1)),
        (r"\b(?:por|de|en|a) la mañana\b|\besta (?:misma )?mañana\b|\ba primera hora\b", lambda m: Part(12)),
        (r"\b(?:por|de|en|a) la tarde\b|\besta (?:misma )?tarde\b", lambda m: Part(19)),
        (r"\b(?:por|de|en|a) la noche\b|\besta (?:misma )?noche\b", lambda m: Part(22)),
        (r"\bpasado mañana\b", lambda m: Ahead(2)),
        (r"\bmañana\b", lambda m: Ahead(1)),
        (r"\bhoy\b", lambda m: Ahead(0)),
        (
            rf"\b(?P<d>\d{{1,2}}) de (?P<mon>{'|'.join(_MONTHS)})\b",
            lambda m: Date(_MONTHS.index(m["mon"].lower()) + 1, int(m["d"])),
        ),
        (
            r"\b(?P<next>próximo )?(?P<day>lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)\b"
            r"(?P<after> que viene| próximo)?",
            _weekday,
        ),
        (r"\bmediod[ií]a\b", lambda m: Clock(12, exact=True)),
        (r"\bmedianoche\b", lambda m: Clock(23, 59, exact=True)),
        (
            rf"\blas? (?P<h>\d{{1,2}}|{'|'.join(_NUMBERS)})(?:[:.h](?P<m>[0-5]\d))?(?: y (?P<past>media"
            rf"|cuarto))?\b",
            _clock,
        ),
        (r"\b(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?P<past>)\b", _clock),
        (r"\b(?P<h>\d{1,2}) ?h(?:oras)?(?P<m>)(?P<past>)\b", _clock),
    )
]
