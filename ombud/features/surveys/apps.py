from ombud.lib.rooms import Room


class Surveys(Room):
    name = "ombud.features.surveys"
    label = "surveys"
    due_work = ("asking.work_asks", "rounds.work_rounds")
    ticket_panels = ("panels.on_ticket",)
    escalation_panels = ("panels.on_escalation",)
    timeline = ("panels.timeline_lines",)
    demo = ("telling.add_to_story",)
