"""Every page of this feature, on one blueprint."""

from pioneers.agenda.blueprint import blueprint

__all__ = ["blueprint"]
