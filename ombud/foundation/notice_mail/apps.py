from ombud.lib.rooms import Lane, Room


class NoticeMail(Room):
    name = "ombud.foundation.notice_mail"
    label = "notice_mail"
    due_work = (Lane("notices", "actions.mail_due"),)  # a storm writes thousands: nothing waits for them
