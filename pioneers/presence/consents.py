"""What guests agree to when they give their details at the door, word for word.

The text is kept with each consent. Whoever changes a wording gives it a new version.
"""

from pioneers.presence.rules import Agreed

VERSION = "2026-11"
DETAILS = "check_in"
NEWS = "news"
WORDS: dict[str, dict[str, str]] = {
    DETAILS: {
        "nl": "Ik geef mijn naam, bedrijf en e-mailadres aan het programma {programme}. Het "
        "programma bewaart dat ik bij deze bijeenkomst was.",
        "en": "I give my name, company and e-mail address to the programme {programme}. The "
        "programme keeps that I was at this event.",
    },
    NEWS: {
        "nl": "Het programma {programme} mag mij uitnodigen voor volgende bijeenkomsten. Dit kan "
        "ik altijd stoppen.",
        "en": "The programme {programme} may invite me to later events. I can stop this at any "
        "time.",
    },
}


def consent(purpose: str, *, language: str, programme: str) -> Agreed:
    """The text of a purpose as this person reads it."""
    wording = WORDS[purpose]["nl" if language == "nl" else "en"].format(programme=programme)
    return Agreed(purpose, VERSION, wording)
