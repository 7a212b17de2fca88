from ombud.lib.rooms import Room


class Portal(Room):
    name = "ombud.doors.portal"
    label = "portal"
