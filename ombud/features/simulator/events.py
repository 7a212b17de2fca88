"""What can happen to a simulation."""

from ombud.foundation.events.log import Verb

BEGUN = Verb("simulation.begun", "A ladder is replayed over the past.", ("simulation", "ladder"))
STOPPED = Verb("simulation.stopped", "A replay was stopped before its end.", ("simulation", "ladder"))
RESUMED = Verb("simulation.resumed", "A stopped replay goes on.", ("simulation", "ladder"))
