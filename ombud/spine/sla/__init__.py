"""What customers were promised, by when, and whether it was kept: each promise is one row with one clock.

Its verbs: keep_policy, order_policies, archive_policy, restore_policy, begin_with_standard;
promise (made in words), keep_word, withdraw_word.
All else follows from what happens to a ticket.
"""
