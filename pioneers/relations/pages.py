"""Every page of this feature, on one blueprint."""

from pioneers.relations.blueprint import blueprint

__all__ = ["blueprint"]
