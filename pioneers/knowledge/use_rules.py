"""What somebody says an item did for them. Pure."""

from dataclasses import dataclass
from typing import Final

from pioneers.knowledge.models import UseKind
from pioneers.knowledge.rules import LONGEST_INTENTION
from pioneers.programmes.rules import Refused

CONSENT_VERSION: Final = "2026-1"
CONSENT: Final = {
    "nl": "Het programma mag mijn gegevens bewaren, en mag mij na zes weken één keer vragen of het"
    " is gelukt.",
    "en": "The programme may keep my details, and may ask me once, after six weeks, whether it"
    " worked out.",
}


@dataclass(frozen=True)
class NewUse:
    """What was filled in; without a name and an address it is a press of a button."""

    kind: UseKind
    intention: str = ""
    name: str = ""
    company: str = ""
    email: str | None = None
    language: str = "nl"
    agreed: bool = False

    @property
    def has_details(self) -> bool:
        """Whether somebody said who they are."""
        return bool(self.name.strip() or self.company.strip() or self.email)


def check_use(new: NewUse) -> None:
    """Raises Refused: intention_long, contact_needed, agreed_needed."""
    if len(new.intention) > LONGEST_INTENTION:
        raise Refused("intention_long", "intention", limit=LONGEST_INTENTION)
    if not new.has_details:
        return
    if not new.name.strip():
        raise Refused("contact_needed", "name")
    if not new.email:
        raise Refused("contact_needed", "email")
    if not new.agreed:
        raise Refused("agreed_needed", "agreed")
