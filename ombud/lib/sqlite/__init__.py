"""Django's SQLite backend, with one pen: whoever writes waits for it in turn.

SQLite lets one writer in at a time, and has the others sleep and look again, up to a tenth of a second. Where
several threads and processes write all the time, some never look at the right moment and fail after their
timeout. The kernel's file lock wakes the next one at once, and is free again when its holder is killed.
"""
