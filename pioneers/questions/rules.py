"""The questions desk: what a question is made of. Pure."""

from dataclasses import dataclass
from typing import Final

from pioneers.questions.models import AskedBy

LONGEST_TEXT: Final = 4000  # of a question or a message


@dataclass(frozen=True)
class NewQuestion:
    """A question as it comes in. `theme` is a lever, or '' where nobody said."""

    asked_by: AskedBy
    text: str
    name: str = ""
    company: str = ""
    email: str | None = None
    phone: str | None = None
    language: str = "nl"
    wants_call: bool = False
    theme: str = ""
    pioneer_id: int | None = None
    fan_id: int | None = None
    event_id: int | None = None
    consent_version: str = ""
    consent_wording: str = ""
