"""What somebody who follows a card can ask for, and what they agree to. Pure."""

from dataclasses import dataclass
from typing import Final

from pioneers.cards.models import Came, LeadKind
from pioneers.programmes.rules import Refused

LONGEST_TEXT: Final = 4000
DETAILS, NEWS = "details", "news"
VERSION: Final = "2026-11"
WORDS: Final[dict[str, dict[str, str]]] = {
    DETAILS: {
        "nl": "Het programma {programme} mag mijn gegevens gebruiken om mij te antwoorden, en"
        " bewaren dat ik via dit kaartje contact zocht.",
        "en": "The programme {programme} may use my details to answer me, and may keep that I got"
        " in touch by this card.",
    },
    NEWS: {
        "nl": "Houd mij per e-mail op de hoogte van bijeenkomsten en verhalen van het programma"
        " {programme}. Ik kan dit altijd stoppen.",
        "en": "Keep me informed by e-mail of events and stories of the programme {programme}. I"
        " can stop this at any time.",
    },
}
# What stands on the desk when somebody wrote nothing themselves.
UNWRITTEN: Final[dict[LeadKind, dict[str, str]]] = {
    LeadKind.CALL: {"nl": "Wil graag gebeld worden.", "en": "Would like to be called."},
    LeadKind.CIRCLE: {"nl": "Wil meedoen in een kring.", "en": "Wants to join a circle."},
}


@dataclass(frozen=True)
class LeadDraft:
    """What somebody filled in."""

    kind: LeadKind
    came: Came
    text: str = ""
    name: str = ""
    company: str = ""
    email: str | None = None
    phone: str | None = None
    language: str = "nl"


def wording(purpose: str, language: str, programme: str) -> str:
    """What somebody agrees to, word for word, in the language in which they read it."""
    return WORDS[purpose]["en" if language == "en" else "nl"].format(programme=programme)


def text_of(draft: LeadDraft) -> str:
    """What is asked, in their words, else in ours."""
    if draft.text.strip() or draft.kind not in UNWRITTEN:
        return draft.text.strip()
    return UNWRITTEN[draft.kind]["en" if draft.language == "en" else "nl"]


def check_lead(draft: LeadDraft) -> None:
    """What is needed to do what they ask, and no more.

    Refused: text_missing, text_long, name_missing, email_missing, phone_missing.
    """
    if len(draft.text) > LONGEST_TEXT:
        raise Refused("text_long", "text", limit=LONGEST_TEXT)
    if draft.kind == LeadKind.QUESTION and not draft.text.strip():
        raise Refused("text_missing", "text")
    if not draft.name.strip():
        raise Refused("name_missing", "name")
    if draft.kind == LeadKind.CALL:
        if not draft.phone:
            raise Refused("phone_missing", "phone")
    elif not draft.email:
        raise Refused("email_missing", "email")
