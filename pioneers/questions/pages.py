"""Every page of this feature, on one blueprint."""

from pioneers.questions import emails
from pioneers.questions.blueprint import blueprint

__all__ = ["blueprint", "emails"]
