"""A desk full of plausible tickets, quickly: `fill(count, now)`."""

from .fill import fill

__all__ = ["fill"]
