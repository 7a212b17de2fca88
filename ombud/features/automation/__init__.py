"""What the desk does by itself: it acknowledges each new ticket once, in the customer's language.

Its verb: acknowledge_soon (the follower calls it; a form may, when a caller on the phone wishes a mail).
"""
