from ombud.lib.rooms import Room


class Mornings(Room):
    name = "ombud.features.mornings"
    label = "mornings"
    due_work = ("actions.work_mornings",)
