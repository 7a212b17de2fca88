"""Promises in words: finds in what somebody wrote to a customer what they will do, and by when. No Django."""

from .finding import Promised, find

__all__ = ["Promised", "find"]
