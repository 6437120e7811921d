"""Every page of this feature, on one blueprint."""

from pioneers.cards.blueprint import blueprint

__all__ = ["blueprint"]
