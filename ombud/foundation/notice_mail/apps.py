from ombud.lib.rooms import Room


class NoticeMail(Room):
    name = "ombud.foundation.notice_mail"
    label = "notice_mail"
    due_work = ("actions.mail_due",)
