from ombud.lib.rooms import Room


class Demo(Room):
    name = "ombud.features.demo"
    label = "demo"
    commands = {
        "demo load": "commands:load",
        "demo reset": "commands:reset",
        "demo remove": "commands:remove",
    }
