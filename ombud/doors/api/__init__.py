"""The door for machines: tickets over HTTP with a bearer token, described by its own OpenAPI document."""
