from ombud.lib.rooms import Lane, Room


class Channels(Room):
    name = "ombud.features.channels"
    label = "channels"
    due_work = (
        Lane("fetch", "email.fetch.fetch_due"),
        Lane("arrival", "arrival.work.take_in_due"),
    )
    gauges = ("arrival.spool.gauges",)
    services = ("email.smtp.serve",)
    commands = {
        "import mbox": "imports.mbox:main",
        "import customers": "imports.customers:main",
    }
