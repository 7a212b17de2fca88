"""Calls, and whatever else was said aloud: `log_call.log_call(...)` writes it down as a ticket."""
