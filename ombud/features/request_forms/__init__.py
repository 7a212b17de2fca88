"""Kinds of request: what customers are asked beside their own words, by what they need.

Verbs: keep_kind, answer.
"""
