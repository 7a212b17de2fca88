from ombud.lib.rooms import Room


class Clock(Room):
    name = "ombud.foundation.clock"
    label = "clock"
