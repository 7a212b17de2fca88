"""How customers come in to their own pages, by a mailed link or a password, and how long a visit lasts.

Verbs: send_way_in, enter_by_link, enter_by_password, set_password, turn, leave, leave_everywhere.
"""
