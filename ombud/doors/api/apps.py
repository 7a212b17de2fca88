from ombud.lib.rooms import Room


class Api(Room):
    name = "ombud.doors.api"
    label = "api"
    commands = {"api-token": "commands:api_token"}
    due_work = ("forgetting.forget_old",)
