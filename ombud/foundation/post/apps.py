from ombud.lib.rooms import Lane, Room


class Post(Room):
    name = "ombud.foundation.post"
    label = "post"
    due_work = (Lane("post", "delivery.send_due", yields=True),)
    gauges = ("queries.gauges",)
