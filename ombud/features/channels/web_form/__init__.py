"""The form on the portal: `accept.accept(...)` is what its page calls."""
