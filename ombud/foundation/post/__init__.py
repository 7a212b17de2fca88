"""The post: mailboxes, and everything that leaves the house by mail, each letter once."""
