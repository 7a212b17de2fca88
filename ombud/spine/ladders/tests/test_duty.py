"""Who is on duty, and whose turn it is."""

from datetime import timedelta

from ombud.spine.ladders import actions, queries
from ombud.spine.ladders.models import Telling
from ombud.spine.ladders.rungs import Whom

NINE, FIVE, TEN_PM, SIX_NEXT_DAY = 9 * 60, 17 * 60, 22 * 60, 30 * 60
THURSDAY = 3


def test_the_rota_says_who_is_on_duty(cast):
    team = cast.team("Support", cast.ada, cast.lin)
    for person, starts, ends in ((cast.ada, NINE, FIVE), (cast.lin, TEN_PM, SIX_NEXT_DAY)):
        actions.keep_duty(
            team=team, person=person, weekday=THURSDAY, starts=starts, ends=ends, by=None, now=cast.now
        )
    at_noon, at_night = cast.now, cast.now + timedelta(hours=12)  # 14:36 and 02:36 in Amsterdam
    assert queries.on_duty(team.pk, at_noon) == [cast.ada]
    assert queries.on_duty(team.pk, at_night) == [cast.lin]


def test_a_team_takes_turns(cast, ladder):
    team = cast.team("Support", cast.ada, cast.lin)
    ticket = cast.writes(cast.carla)
    climb = actions.start(ladder, ticket, why="by_hand", now=cast.now)
    seen = []
    for minute in range(4):
        now = cast.now + timedelta(minutes=minute)
        (person,), turn_of = queries.behind(Whom("turn", team.pk), ticket, now)
        Telling.objects.create(
            climb=climb, rung=1, round=minute + 1, person=person, way="mail", told_at=now, turn_of_id=turn_of
        )
        seen.append(person.name)
    assert seen == ["Ada Lindqvist", "林晓雯"] * 2
