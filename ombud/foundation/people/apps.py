from ombud.lib.rooms import Room


class People(Room):
    name = "ombud.foundation.people"
    label = "people"
