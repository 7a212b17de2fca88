"""What can happen at the customers' door."""

from ombud.foundation.events.log import Verb

WAY_IN_SENT = Verb("customer.way_in_sent", "A link to sign in was mailed to a customer.", ("customer",))
ENTERED = Verb("customer.entered", "A customer signed in.", ("customer", "how"))
LEFT_EVERYWHERE = Verb(
    "customer.left_everywhere", "A customer was signed out on every device.", ("customer",)
)
PASSWORD_SET = Verb(
    "customer.password_set", "A customer chose a password, or took it away.", ("customer", "has")
)
LOCKED = Verb(
    "customer.locked", "Too many wrong passwords: only a mailed link helps for a while.", ("customer",)
)
