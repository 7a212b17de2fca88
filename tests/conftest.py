"""Fixtures stand in tests/support, which pyproject.toml loads for the tests of every room."""
