from ombud.lib.rooms import Room


class QuietStatus(Room):
    name = "ombud.features.quiet_status"
    label = "quiet_status"
    due_work = ("actions.bundles.send_due",)
    escalation_panels = ("panels.over_an_escalation",)
    timeline = ("words.timeline",)
    demo = ("story.add",)
