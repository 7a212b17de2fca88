"""Notices by mail: what one of ours has not read on the desk leaves as a letter too, once, if they wish.

Its verb: mail_due (the clock calls it).
"""
