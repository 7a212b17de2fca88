from ombud.lib.rooms import Room


class Ladders(Room):
    name = "ombud.spine.ladders"
    label = "ladders"
    due_work = ("climbing_due.work_watches", "climbing_due.work_climbs")
