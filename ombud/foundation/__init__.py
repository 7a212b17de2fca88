"""What happened, then when, then who, then who was told."""
