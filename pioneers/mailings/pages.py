"""Every page of this feature, on one blueprint."""

from pioneers.mailings import emails, views
from pioneers.mailings.blueprint import blueprint

__all__ = ["blueprint", "emails", "views"]
