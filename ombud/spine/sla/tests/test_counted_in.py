"""Who works by a calendar: the policies in force that count in it."""

import pytest

from ombud.foundation.clock.queries import who_uses
from ombud.spine.sla import actions

pytestmark = pytest.mark.django_db


def test_a_calendar_knows_the_policies_that_count_in_it(week, gold):
    assert who_uses([week.pk])[week.pk] == [("Gold", "")]


def test_a_policy_that_is_used_no_longer_is_not_named(cast, week, gold):
    actions.archive_policy(gold, by=cast.greta, now=cast.now)
    assert who_uses([week.pk])[week.pk] == []
