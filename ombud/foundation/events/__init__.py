"""The log: everything that happened, once, and who listens to it.

A room declares its verbs as `Verb` in its events.py and records them with `VERB.record(...)`.
A reaction runs in the same transaction; a follower runs later, from the tray, until it succeeds.
"""
