"""Who is told at Parcelline when nobody answers, who gets escalations, and who is on duty when."""

from ombud.foundation.people.models import Role
from ombud.spine.escalations.actions import keep_route, keep_tier_manager
from ombud.spine.ladders import actions
from ombud.spine.ladders.usual import usual_ladders

H = 60  # minutes
WEEK = range(5)
WEEKEND = (5, 6)
ROTAS = {  # team: (who, weekdays, from, until) in minutes; the weekend's nights are nobody's
    "escalations": (
        ("emil", WEEK, 8 * H, 18 * H),
        ("noor", WEEK, 18 * H, 24 * H),
        ("lin", WEEK, 0, 8 * H),
        ("noor", WEEKEND, 9 * H, 18 * H),
    ),
    "first": (
        ("ada", WEEK, 9 * H, 15 * H),
        ("claire", WEEK, 13 * H, 19 * H),
        ("ada", (5,), 10 * H, 14 * H),
    ),
    "carriers": (
        ("lin", WEEK, 2 * H, 11 * H),
        ("hiro", WEEK, 22 * H, 26 * H),
    ),
}
ROUTES = {"impact": "escalations", "executive": "escalations", "expertise": "carriers"}


def keep_routes(ours, teams, now):
    """What hurts most goes to Escalations, what needs knowledge to Carriers; platinum to the head."""
    for reason, team in ROUTES.items():
        keep_route(reason, teams[team], by=ours["ines"], now=now)
    keep_tier_manager("platinum", ours["noor"], by=ours["ines"], now=now)


def keep_ladders(ours, teams, now):
    """The usual ladders; what is critical goes to whoever of Escalations is on duty. And the rotas."""
    for key, duties in ROTAS.items():
        for who, weekdays, starts, ends in duties:
            given = {"starts": starts, "ends": ends, "by": None, "now": now}
            actions.plan_duties(team=teams[key], person=ours[who], weekdays=weekdays, **given)
    for place, (name, draft) in enumerate(usual_ladders(Role.HEAD)):
        if place == 0:
            on_duty = {"whom": {"kind": "duty", "of": teams["escalations"].pk}, "by": ["product", "mail"]}
            managers = {**draft["rungs"][0], "after": 300}
            draft["rungs"] = [on_duty, managers, {**draft["rungs"][1], "after": 900, "times": 2}]
        ladder = actions.keep_ladder(name=name, draft=draft, by=ours["ines"], now=now)
        actions.publish(ladder, by=ours["ines"], now=now)
