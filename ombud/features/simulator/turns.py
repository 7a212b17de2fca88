"""Whose turn was when: what really happened outside of the replay, and what happened in it."""

from ombud.spine.ladders.models import Telling


class Turns:
    """The last turn of each person in each team."""

    def __init__(self, elsewhere=()):
        """`elsewhere`: (told at, team, person) of tellings that the replay does not make itself, in order."""
        self._last = {}
        self._elsewhere = list(elsewhere)
        self._next = 0

    def last(self, team, person, now):
        """When it was their turn last, as a timestamp; 0 for never."""
        while self._next < len(self._elsewhere) and self._elsewhere[self._next][0] <= now:
            at, of, who = self._elsewhere[self._next]
            self.took(of, who, at)
            self._next += 1
        return self._last.get((team, person), 0)

    def took(self, team, person, at):
        """It was their turn."""
        self._last[team, person] = max(self._last.get((team, person), 0), at.timestamp())


def turns_elsewhere(ladder_id, since, until):
    """The turns that other ladders gave, and this one before the replay begins."""
    given = Telling.objects.filter(turn_of__isnull=False, told_at__lt=until)
    given = given.exclude(climb__ladder=ladder_id, climb__started_at__gte=since)
    return list(given.order_by("told_at", "id").values_list("told_at", "turn_of", "person"))
