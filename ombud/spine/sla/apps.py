from ombud.lib.rooms import Lane, Room


class SLA(Room):
    name = "ombud.spine.sla"
    label = "sla"
    commands = {"promises check": "commands:check"}
    calendar_users = ("counted_in.policies_by_calendar",)
    # What falls due waits for no other work, least of all for looking at many tickets again.
    due_work = (
        Lane("promises", "falling_due.work_promises"),
        "digesting.send_due",
        Lane("promises again", "actions.rechecking.recheck_due"),
    )
