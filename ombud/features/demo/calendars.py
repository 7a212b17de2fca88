"""When the people of the story work: in Madrid, in Shanghai, and around the clock."""

from ombud.foundation.clock import actions

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
CALENDARS = {  # key: name, plan
    "madrid": (
        "Madrid support",
        {
            "timezone": "Europe/Madrid",
            "hours": {day: [["08:30", "19:00"]] for day in WORKDAYS},
            "weeks": [
                {
                    "name": "August",
                    "from": "2026-08-01",
                    "to": "2026-08-31",
                    "yearly": True,
                    "hours": {day: [["08:00", "15:00"]] for day in WORKDAYS},
                }
            ],
            "days": [
                {"name": "Nochebuena", "from": "2026-12-24", "yearly": True, "hours": [["08:30", "13:00"]]},
                {"name": "Nochevieja", "from": "2026-12-31", "yearly": True, "hours": [["08:30", "13:00"]]},
            ],
            "holidays": ["ES-MD"],
            "language": "es",
        },
    ),
    "shanghai": (
        "Shanghai support",
        {
            "timezone": "Asia/Shanghai",
            "hours": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WORKDAYS},
            "holidays": ["CN"],
            "make_up": True,
            "language": "zh-hans",
        },
    ),
    "always": ("Around the clock", {"timezone": "Europe/Amsterdam", "hours": "24x7"}),
}


def keep_calendars(now):
    """The story's calendars by their keys; what names none works by the company's own."""
    return {
        key: actions.keep_calendar(name=name, plan=plan, by=None, now=now)
        for key, (name, plan) in CALENDARS.items()
    }
