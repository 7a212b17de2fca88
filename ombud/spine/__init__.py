"""The straight stair from a ticket to an executive."""
