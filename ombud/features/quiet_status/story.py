"""What the demo's story gets from this room; filled in below the verbs that everybody uses."""


def add(now):
    """Jun has wishes, and was asked."""
