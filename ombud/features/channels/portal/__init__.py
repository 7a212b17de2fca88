"""What a customer writes on their own pages: `accept.accept(...)` is what those pages call."""
