"""Surveys: what customers think of a ticket, an escalation or us; asked once, answered by one click.

Its verbs: keep_survey, archive_survey, restore_survey, ask_about_ticket, ask_about_escalation, revoke
and answer.
A `Survey` says what is asked and when, an `Ask` is one invitation, an `Answer` what came of it.
"""
