from ombud.lib.rooms import Room


class Escalations(Room):
    name = "ombud.spine.escalations"
    label = "escalations"
    letter_lines = ("letters.lines",)
    due_work = ("updates_due.work_updates", "solutions_due.work_solutions", "standing_in.work_stand_ins")
    escalation_panels = ("panels.who_writes_the_update",)
