"""Ombud: a self-hosted customer support desk whose spine is escalation."""

__version__ = "0.1.0"
