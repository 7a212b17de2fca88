"""Mornings: a mail on weekdays with what changed in one's escalations; for who wishes it.

Its verb: expect.
"""
