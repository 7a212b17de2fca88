"""What people fill in at the office."""
