"""What a pioneer agrees to, word for word.

The text is kept with each consent. Whoever changes a wording gives it a new version.
"""

from pioneers.profiles.models import ConsentPurpose

VERSION = "2026-11"
WORDS: dict[ConsentPurpose, dict[str, str]] = {
    ConsentPurpose.PROFILE: {
        "nl": "Het programma {programme} mag mijn naam, mijn bedrijf en wat ik hier over mijzelf"
        " vertel laten zien op een openbare pagina, zo lang als ik hier kies. Ik kan dit altijd"
        " stoppen.",
        "en": "The programme {programme} may show my name, my company and what I tell about myself"
        " here on a public page, for as long as I choose here. I can stop this at any time.",
    },
    ConsentPurpose.PHOTO: {
        "nl": "Het programma {programme} mag deze foto van mij laten zien op mijn openbare pagina"
        " en op mijn kaartjes, zo lang als ik hier kies. Ik kan dit altijd stoppen.",
        "en": "The programme {programme} may show this photo of me on my public page and with my"
        " cards, for as long as I choose here. I can stop this at any time.",
    },
    ConsentPurpose.QUOTE: {
        "nl": "Het programma {programme} mag deze woorden van mij met mijn naam gebruiken, zo lang"
        " als ik hier kies. Ik kan dit altijd stoppen.",
        "en": "The programme {programme} may use these words of mine with my name, for as long as I"
        " choose here. I can stop this at any time.",
    },
}


def wording(purpose: ConsentPurpose, *, language: str, programme: str) -> str:
    """The text of a purpose as this person reads it."""
    return WORDS[purpose]["nl" if language == "nl" else "en"].format(programme=programme)
