"""Django's own management commands: bin/ombud manage COMMAND."""

from django.core.management import execute_from_command_line


def main(argv):
    """Run one of Django's management commands."""
    execute_from_command_line(["bin/ombud manage", *argv])
    return 0
