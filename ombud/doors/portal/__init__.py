"""The customers' door: the form with which they reach us. Light pages, no script needed."""
