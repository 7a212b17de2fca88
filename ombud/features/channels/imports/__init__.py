"""What an installation brings along: old mail, and a list of customers (bin/ombud import …)."""
