"""The customers' pages, a module for each."""
