from ombud.lib.rooms import Lane, Room


class SLA(Room):
    name = "ombud.spine.sla"
    label = "sla"
    calendar_users = ("counted_in.policies_by_calendar",)
    # Looking at many tickets again must not keep what falls due waiting: a lane of its own.
    due_work = (
        "falling_due.work_promises",
        "digesting.send_due",
        Lane("promises again", "actions.rechecking.recheck_due"),
    )
