"""Escalations: a record of its own beside one or many tickets, which always has a next update due.

Its verbs: raise_one, join, part, take_over, hand_over, reach, de_escalate; send_update, take_back_update,
save_update_draft, set_next_update, waive, end_waiver; decide, set_brief, set_levels; add_stakeholder,
confirm, remove_stakeholder, add_contact, remove_contact; propose, sign_off, withdraw, accept, decline,
settle_fix; ask, settle, say_pulse; give_pass, revoke_pass; set_silence, take_their_word.
"""
