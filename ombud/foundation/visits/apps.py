from ombud.lib.rooms import Room


class Visits(Room):
    name = "ombud.foundation.visits"
    label = "visits"
    due_work = ("forgetting.forget_old",)
