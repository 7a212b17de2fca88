"""How far an import is, on standard error: a line that moves on a terminal, now and then a line elsewhere."""

import sys
import time

from django.utils.translation import gettext as _

WIDTH = 24
TERMINAL, ELSEWHERE = 0.2, 10.0  # seconds between two looks


class Progress:
    """`done(n)` after each piece of work; `end()` at last."""

    def __init__(self, total, out=None, clock=time.monotonic):
        self.total, self.out, self.clock = total, out or sys.stderr, clock
        self.finished, self.began, self.shown_at = 0, clock(), 0.0
        self.shown = -1
        self.terminal = self.out.isatty()

    def done(self, count):
        self.finished += count
        rest = TERMINAL if self.terminal else ELSEWHERE
        if self.clock() - self.shown_at >= rest:
            self._show()

    def end(self):
        if self.terminal or self.shown != self.finished:
            self._show()
        if self.terminal:
            self.out.write("\n")

    def _show(self):
        self.shown_at, self.shown = self.clock(), self.finished
        self.out.write(f"\r{self.line()}\x1b[K" if self.terminal else f"{self.line()}\n")
        self.out.flush()

    def line(self):
        """The bar, what is done and left, how fast, and about how long still."""
        share = self.finished / self.total if self.total else 1.0
        speed = self.finished / max(self.clock() - self.began, 0.001)
        left = self.total - self.finished
        text = _("%(done)s of %(all)s, %(left)s left, %(speed)s/s, about %(time)s still") % {
            "done": f"{self.finished:,}",
            "all": f"{self.total:,}",
            "left": f"{left:,}",
            "speed": f"{speed:,.0f}",
            "time": clock_time(left / speed if speed else 0),
        }
        return f"[{'#' * round(share * WIDTH):<{WIDTH}}] {text}"


def clock_time(seconds):
    """3725 is 1:02:05."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
