"""What machines may ask for, by what it is about."""
