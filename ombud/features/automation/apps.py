from ombud.lib.rooms import Lane, Room


class Automation(Room):
    name = "ombud.features.automation"
    label = "automation"
    # A lane of its own: writing many acknowledgements must not keep the clock from what is more urgent.
    due_work = (Lane("acknowledgements", "actions.acknowledge_due", yields=True),)
