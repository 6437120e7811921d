"""Every page of this feature, on one blueprint."""

from pioneers.planning.blueprint import blueprint

__all__ = ["blueprint"]
