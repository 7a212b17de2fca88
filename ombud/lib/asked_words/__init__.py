"""Askings in words: finds in what a customer wrote that they want somebody higher. No Django."""

from .finding import Asked, find

__all__ = ["Asked", "find"]
