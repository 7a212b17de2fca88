"""The doors: where people and machines come in; each shows several rooms and calls one verb."""
