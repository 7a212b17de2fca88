"""What stands beside the spine; each can be taken out without the house falling."""
