from ombud.lib.rooms import Lane, Room


class Simulator(Room):
    name = "ombud.features.simulator"
    label = "simulator"
    # A lane of its own: a slice takes up to a second, and no clock should wait for what might have been.
    due_work = (Lane("simulations", "working.work_simulations", yields=True),)
    commands = {"ladder replay": "commands:replay"}
