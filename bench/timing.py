"""Measuring a function that takes milliseconds."""

import time
from statistics import median, quantiles


def sample(function, wanted, *, times=80, seconds=3.0, warm=3):
    """How long it takes, in milliseconds: a list of at most `times` runs within about `seconds`."""
    if wanted.quick:
        times, seconds = times // 4, seconds / 6
    for _ in range(warm):
        function()
    taken, until = [], time.perf_counter() + seconds
    while len(taken) < times and (len(taken) < 10 or time.perf_counter() < until):
        began = time.perf_counter()
        function()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def middle(taken):
    return median(taken)


def p95(taken):
    return percentile(taken, 95)


def percentile(taken, at):
    return quantiles(taken, n=100, method="inclusive")[at - 1] if len(taken) > 1 else taken[0]


def rate(function, *, seconds=1.5):
    """How many times a second it can be done."""
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        function(done)
        done += 1
    return done / (time.perf_counter() - began)
