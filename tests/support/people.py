"""The cast as a fixture."""

from importlib import import_module

import pytest


@pytest.fixture
def cast(db):
    """Parcelline's people and customers, on an otherwise empty desk."""
    # Not imported above: pytest loads this before Django is set up.
    return import_module("tests.cast").Cast()
