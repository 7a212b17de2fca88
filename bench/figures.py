"""A figure, and how figures are shown."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One result. `ceiling` is what nothing of this kind could beat here, `ratio` is value / ceiling.

    For rates a ratio near 1 is good; for times it says how many times longer than the ceiling it takes.
    """

    name: str
    value: float
    unit: str
    ceiling: float | None = None
    of: str = ""  # what the ceiling is
    note: str = ""
    database: str = ""
    rows: int = 0

    @property
    def ratio(self):
        return round(self.value / self.ceiling, 3) if self.ceiling else None

    def as_json(self):
        """One line with exactly what readers of --json are promised, and what the ceiling is."""
        return json.dumps({**asdict(self), "ratio": self.ratio}, ensure_ascii=False)


def of_json(line):
    said = json.loads(line)
    said.pop("ratio", None)
    return Figure(**said)


HEAD = ("figure", "database", "tickets", "value", "ceiling", "ratio", "")


def lines(figures):
    """The figures as rows of text cells, without the head."""
    for figure in figures:
        yield (
            figure.name,
            figure.database,
            f"{figure.rows:,}",
            f"{short(figure.value)} {figure.unit}",
            f"{short(figure.ceiling)} {figure.of}".strip() if figure.ceiling else "",
            short(figure.ratio) if figure.ratio else "",
            figure.note,
        )


def table(figures):
    """The figures for a terminal."""
    rows = [HEAD, *lines(figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return "\n".join(_padded(row, widths).rstrip() for row in rows)


def _padded(row, widths):
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))


def markdown(figures):
    """The same for a page."""
    rows = [HEAD, ("---", "---", "---:", "---:", "---:", "---:", "---"), *lines(figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def short(number):
    if number is None:
        return ""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
