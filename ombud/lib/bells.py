"""Waking somebody in this process by name, for what no commit tells of."""

_sleepers = {}


def hang_up(name, wake):
    """From now on, ringing this name calls wake()."""
    _sleepers[name] = wake


def ring(name):
    """Wake whoever has this name; nothing when nobody here has."""
    wake = _sleepers.get(name)
    if wake is not None:
        wake()
