"""The office: signing in, the first run, and everything that is kept rather than answered."""
