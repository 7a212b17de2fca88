"""Broadcasts: who is affected by an outage or a defect, and telling each of them once, in approved words.

Its verbs: open_incident, change_incident, fix, reopen; find, look_again, put_on, report, exclude, include;
begin, write, approve, list_recipients, send, stop; keep_rule.
"""
