from ombud.lib.rooms import Lane, Room


class Ladders(Room):
    name = "ombud.spine.ladders"
    label = "ladders"
    due_work = (
        "climbing_due.work_watches",
        "climbing_due.work_climbs",
        # Other systems may be slow: nobody waits for them but who wants to be called through them.
        Lane("webhooks", "webhooks_due.call_due"),
    )
