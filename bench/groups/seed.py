"""Fills the place; how quickly is a figure of the seed, not of the product, so there is none."""

from django.utils import timezone

from bench.seed import fill


def measure(wanted):
    fill(wanted.rows, timezone.now())
    yield from ()
