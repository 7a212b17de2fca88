from ombud.lib.rooms import Room


class Escalations(Room):
    name = "ombud.spine.escalations"
    label = "escalations"
    letter_lines = ("letters.lines",)
    due_work = ("updates_due.work_updates", "solutions_due.work_solutions")
