"""The figures of one survey as a page draws them: by month, by team, how its answers are spread."""

from collections import defaultdict

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.features.surveys.figures import ENOUGH, figures, percent
from ombud.foundation.people.models import Team
from ombud.lib.scores import wilson
from ombud.ui.locales import reader_locale

UNITS = {"csat": ("%", "", 0), "nps": ("", "+", 0), "ces": ("", "", 2)}  # after, sign, decimals
ENDS = {"csat": (0, 100), "nps": (-100, 100), "ces": (1, 7)}
HEADS = {
    "csat": gettext_lazy("satisfied"),
    "nps": gettext_lazy("net promoter score"),
    "ces": gettext_lazy("ease"),
}


def shown(kind, found):
    """Figures in words: {"value", "low", "high", "n", "enough", "beside"} in the reader's language."""
    if not found.is_enough:
        return {"n": found.n, "enough": False, "least": ENOUGH}
    head, beside = found.head, found.beside
    return {
        "n": found.n,
        "enough": True,
        "value": said(kind, head.value),
        "low": None if head.low is None else said(kind, head.low),
        "high": None if head.high is None else said(kind, head.high),
        "beside": _beside(kind, beside),
        "shares": found.shares,
        "place": [_place(kind, at) for at in (head.value, head.low, head.high)],
    }


def said(kind, value):
    """A score as it is read: 84 %, +31, 5.62."""
    unit, sign, decimals = UNITS[kind]
    value = round(value, decimals) + 0.0  # no minus nought
    words = _digits(value, decimals)
    words = f"+{words}" if sign and value > 0 else words.replace("-", "−")
    return f"{words} {unit}" if unit else words


def _beside(kind, beside):
    if beside is None:
        return None
    if kind == "csat":
        return {"label": _("mean"), "value": _digits(beside.value, 2), **_interval(beside, 2, "")}
    return {"label": _("5 and above"), "value": f"{round(beside.value)} %", **_interval(beside, 0, " %")}


def _interval(estimate, decimals, unit):
    if estimate.low is None:
        return {"low": None, "high": None}
    low, high = (_digits(end, decimals) + unit for end in (estimate.low, estimate.high))
    return {"low": low, "high": high}


def _digits(value, decimals):
    return format_decimal(round(value, decimals), "0." + "0" * decimals if decimals else "0", reader_locale())


def _place(kind, value):
    """Where a score stands between the ends of its scale, 0 to 100; None for none."""
    low, high = ENDS[kind]
    return None if value is None else round(100 * (value - low) / (high - low), 1)


def spread(found, scale, bad):
    """How the answers are spread: a bar for each number, the highest is as long as can be."""
    most = max(found.counts.values(), default=0) or 1
    return [
        {
            "score": score,
            "n": many,
            "percent": round(100 * many / found.n) if found.n else 0,
            "v": round(many / most, 3),
            "bad": score <= bad,
        }
        for score, many in found.counts.items()
    ]


def by_month(kind, scores):
    """Each month's figures on the reader's clock, the oldest first, months without answers too."""
    months = defaultdict(list)
    for score, at, _team in scores:
        local = timezone.localtime(at)
        months[local.year * 12 + local.month - 1].append(score)
    if not months:
        return []
    rows = []
    for month in range(min(months), max(months) + 1):
        day = timezone.now().replace(year=month // 12, month=month % 12 + 1, day=1)
        rows.append(
            {
                "label": format_skeleton("yMMM", day, locale=reader_locale()),
                **shown(kind, figures(kind, months[month])),
            }
        )
    return rows[-24:]


def by_team(kind, scores):
    """Each team's figures by name, then those without a team."""
    teams = defaultdict(list)
    for score, _at, team in scores:
        teams[team].append(score)
    names = dict(Team.objects.filter(pk__in=[pk for pk in teams if pk]).values_list("pk", "name"))
    named = sorted((names.get(pk, ""), pk) for pk in teams if pk)
    rows = [{"label": name, **shown(kind, figures(kind, teams[pk]))} for name, pk in named]
    if None in teams and rows:
        rows.append({"label": _("no team"), **shown(kind, figures(kind, teams[None]))})
    return rows


def answered(asked):
    """How many of those who were asked answered, with Wilson's interval; None while nobody was asked."""
    if not asked["asked"]:
        return None
    share = percent(wilson(asked["answered"], asked["asked"]))
    return {
        "n": asked["answered"],
        "of": asked["asked"],
        "percent": round(share.value),
        "low": round(share.low),
        "high": round(share.high),
    }


def axis(kind):
    """The ends and the middle of a scale, as the charts name them."""
    low, high = ENDS[kind]
    return [said(kind, at) for at in (low, (low + high) / 2, high)]
