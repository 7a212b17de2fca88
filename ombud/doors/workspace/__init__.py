"""The agent's inbox: lists of tickets, the conversation, the composer, and who else is looking."""
