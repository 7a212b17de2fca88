"""The escalation room (P6): what is done about one request, for whoever has the link. See `views.room`."""
