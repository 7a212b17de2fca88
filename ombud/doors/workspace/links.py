"""Addresses of pages that another door may have."""

from django.urls import NoReverseMatch, reverse


def url_or_none(name, *args):
    """The address of a page by its name, or None where that page is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
