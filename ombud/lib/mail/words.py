"""Tables of words, written as one reads them."""


def words(table: str) -> frozenset[str]:
    """The words of a table, each once."""
    return frozenset(table.split())
