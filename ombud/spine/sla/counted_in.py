"""Which policies count in a working calendar."""

from collections import defaultdict

from . import terms
from .queries import policies


def policies_by_calendar(pks):
    """{calendar id: [(a policy's name, no address)]} of the policies in force that count in it."""
    found = defaultdict(list)
    for policy in policies():
        targets = terms.read(policy.version.terms).targets.values()
        counted = {target.calendar for kinds in targets for target in kinds.values()}
        for pk in counted.intersection(pks):
            found[pk].append((policy.name, ""))
    return found
