"""The rail: where one can go. A door puts a list of these into its context as `rail`."""

from typing import NamedTuple


class RailEntry(NamedTuple):
    """`count` is shown only while something burns; rank `second` hides behind the menu on a phone.

    With `count_words` ("3 not read") the count is no fire, and is drawn quietly.
    """

    href: str
    icon: str
    label: str
    current: bool = False
    count: int = 0
    rank: str = "first"
    key: str = ""
    count_words: str = ""
