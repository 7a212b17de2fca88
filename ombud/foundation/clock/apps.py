from ombud.lib.rooms import Lane, Room


class Clock(Room):
    name = "ombud.foundation.clock"
    label = "clock"
    # A lane of its own: a stranger's server may be slow.
    due_work = (Lane("calendars", "actions.work_out_due"), Lane("calendars", "actions.refresh_feeds"))
