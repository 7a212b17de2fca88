from ombud.lib.rooms import Room


class Workspace(Room):
    name = "ombud.doors.workspace"
    label = "workspace"
    live_sources = ("presence.changes",)
