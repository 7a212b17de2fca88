"""Tickets: what a customer asked, everything said about it, and who has it.

Its verbs stand in actions/: open_ticket, receive, reply, note, forward, assign, set_status, merge, split …
"""
