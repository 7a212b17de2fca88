from ombud.lib.rooms import Room


class Notifications(Room):
    name = "ombud.foundation.notifications"
    label = "notifications"
