from ombud.lib.rooms import Room


class Office(Room):
    name = "ombud.doors.office"
    label = "office"
