from ombud.lib.rooms import Room


class Tickets(Room):
    name = "ombud.spine.tickets"
    label = "tickets"
    due_work = ("waking.wake_due",)
