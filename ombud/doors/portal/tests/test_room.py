"""The room of an escalation as its customer sees it."""

import pytest


@pytest.mark.mission("P6", "M11", "M14")
def test_the_heading_is_a_promise(cast, escalation, room):
    words = room(cast.carla).words()
    assert "Carla, Emil writes to you by 14:36." in words, words
