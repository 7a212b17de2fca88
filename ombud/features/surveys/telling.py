"""What the demo's story is added."""


def add_to_story(now):
    """Nothing yet."""
