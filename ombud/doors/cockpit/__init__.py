"""Where escalations are raised and led: a page for each, and everybody's own part in them."""
