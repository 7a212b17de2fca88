"""Tests that need more than one room; each room's own tests stand in its folder."""
