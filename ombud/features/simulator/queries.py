"""Questions about simulations."""

from ombud.foundation.people.models import Person
from ombud.spine.ladders.queries import ladders

from .models import Simulation
from .past import tickets_with_beginnings


def plans_of(simulation):
    """[(ladder id, its live plan)] of all that are switched on, in order, with the replayed one's version."""
    found = [(one.position, one.pk, one.version.plan) for one in ladders() if one.pk != simulation.ladder_id]
    if simulation.live:
        found.append((simulation.ladder.position, simulation.ladder_id, simulation.live.plan))
    return [(pk, plan) for _position, pk, plan in sorted(found, key=lambda one: one[:2])]


def with_draft(simulation):
    """The same with the draft in its ladder's place."""
    others = [(one.position, one.pk, one.version.plan) for one in ladders() if one.pk != simulation.ladder_id]
    found = [*others, (simulation.ladder.position, simulation.ladder_id, simulation.plan)]
    return [(pk, plan) for _position, pk, plan in sorted(found, key=lambda one: one[:2])]


def candidates(simulation):
    """Ids of the tickets on which the draft or the live version may begin, in order."""
    plans = [simulation.plan, *([simulation.live.plan] if simulation.live else [])]
    return tickets_with_beginnings(plans, simulation.since, simulation.until)


def newest_of(ladder_id):
    """A ladder's newest simulation, or None."""
    return Simulation.objects.filter(ladder=ladder_id).select_related("live").order_by("-id").first()


def simulation_called(pk):
    """One simulation with its ladder; Simulation.DoesNotExist when it made way for newer ones."""
    return Simulation.objects.select_related("ladder", "live").get(pk=pk)


def outcomes_of(simulation, most):
    """Its climbs, those that differ most first."""
    return simulation.outcomes.select_related("ticket__account").order_by("-weight", "id")[:most]


def names_of(people):
    """{person id: name}."""
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
