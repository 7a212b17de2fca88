"""How levels are drawn."""


def bars_of(priority):
    """How many bars a priority has: P1 has four."""
    return 5 - int(priority[1])
