from ombud.lib.rooms import Room


class Cockpit(Room):
    name = "ombud.doors.cockpit"
    label = "cockpit"
