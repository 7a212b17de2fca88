"""Quiet status (P10): technical owners say how it stands in one tap, at times that they chose themselves.

Its verbs: set_wishes; consider, ask, withdraw_those_of; send_due (the clock calls it); answer.
"""
