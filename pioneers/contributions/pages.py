"""Every page of this feature, on one blueprint."""

from pioneers.contributions.blueprint import blueprint

__all__ = ["blueprint"]
