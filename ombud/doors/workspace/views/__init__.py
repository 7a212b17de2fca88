"""The pages and deeds of the workspace."""
