"""Every page of this feature, on one blueprint."""

from pioneers.knowledge.blueprint import blueprint

__all__ = ["blueprint"]
