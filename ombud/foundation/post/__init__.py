"""The post: mailboxes, and everything that leaves the house by mail, each letter once.

Its verbs: send, take_back, retry, keep_mailbox. `delivery.send_due` carries the letters out.
"""
