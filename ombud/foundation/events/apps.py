from ombud.lib.rooms import Room


class Events(Room):
    name = "ombud.foundation.events"
    label = "events"
    due_work = ("tray.work_tray",)
    gauges = ("tray.gauges",)
