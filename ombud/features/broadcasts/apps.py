from ombud.lib.rooms import Lane, Room


class Broadcasts(Room):
    name = "ombud.features.broadcasts"
    label = "broadcasts"
    # A lane of its own: twenty thousand letters must not keep the clock, or an acknowledgement, waiting.
    due_work = (
        Lane("broadcasts", "actions.find_due", yields=True),
        Lane("broadcasts", "actions.work_broadcasts", yields=True),
    )
    ticket_panels = ("panels.brief_on_ticket", "panels.defects_on_ticket", "panels.log_on_ticket")
    escalation_panels = ("panels.on_escalation",)
    timeline = ("panels.timeline",)
    demo = ("story.tell",)
