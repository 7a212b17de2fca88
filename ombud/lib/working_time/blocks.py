"""Working stretches as instants, worked out 32 days at a time and kept, so that a question is a bisection."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from threading import Lock

from ombud.lib.working_time.wall import DAY, EPOCH_DAY, instant_on

DAYS = 32
BLOCK = DAYS * DAY
KEPT = 64  # blocks per calendar: more than five years, at some 6 kB each
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Block:
    """The stretches of 32 days (UTC), in order and apart; `worked[i]` is all work until the i-th ends."""

    starts: list[int]
    ends: list[int]
    worked: list[int]
    total: int

    def worked_before(self, instant):
        """Microseconds of work in this block before an instant."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        return self.worked[index] - max(self.ends[index] - instant, 0)


def block_of(calendar, number):
    """The block that begins at `number * BLOCK`."""
    block = calendar.blocks.get(number)
    if block is None:
        block = _work_out(calendar, number)
        with _LOCK:  # two threads may work out the same block; they find the same
            while len(calendar.blocks) >= KEPT:
                del calendar.blocks[next(iter(calendar.blocks))]
            calendar.blocks[number] = block
    return block


def stretches_from(calendar, instant, limit):
    """Stretches that end after an instant, as (start, end), until the block of `limit`; none touch."""
    pending = None
    for number in range(instant // BLOCK, limit // BLOCK + 1):
        block = block_of(calendar, number)
        for start, end in zip(block.starts, block.ends, strict=True):
            if end <= instant:
                continue
            if pending and pending[1] == start:
                pending = (pending[0], end)
                continue
            if pending:
                yield pending
            pending = (start, end)
    if pending:
        yield pending


def _work_out(calendar, number):
    low, high = number * BLOCK, (number + 1) * BLOCK
    # A local day begins up to a day off UTC's, and what starts on it may end two midnights later.
    first = EPOCH_DAY + number * DAYS - 3
    days = map(date.fromordinal, range(first, first + DAYS + 5))
    found = [
        (max(instant_on(calendar.zone, day, opens), low), min(instant_on(calendar.zone, day, closes), high))
        for day in days
        for opens, closes in calendar.intervals_on(day)
    ]
    stretches = _joined(sorted(stretch for stretch in found if stretch[0] < stretch[1]))
    worked = list(accumulate(end - start for start, end in stretches))
    return Block(
        [start for start, _ in stretches], [end for _, end in stretches], worked, worked[-1] if worked else 0
    )


def _joined(stretches):
    joined = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
