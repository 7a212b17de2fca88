from ombud.lib.rooms import Room


class RequestForms(Room):
    name = "ombud.features.request_forms"
    label = "request_forms"
    request_kinds = ("asking.kinds",)
    ticket_panels = ("panels.beside_a_ticket",)
