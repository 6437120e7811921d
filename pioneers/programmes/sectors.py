"""Sectors after the Standaard Bedrijfsindeling (SBI, Statistics Netherlands), 2008 and 2025.

Both versions share their divisions (two digits) for all that matters here, but give them other
letters from J on. So a company keeps its code with the version, and figures use `counting_section`,
which speaks of 2008 for both.
"""

import re

VERSIONS = ("2008", "2025")

NAMES_2008: dict[str, tuple[str, str]] = {
    "A": ("Landbouw, bosbouw en visserij", "Agriculture, forestry and fishing"),
    "B": ("Winning van delfstoffen", "Mining and quarrying"),
    "C": ("Industrie", "Manufacturing"),
    "D": ("Energievoorziening", "Energy supply"),
    "E": ("Waterbedrijven en afvalbeheer", "Water supply and waste management"),
    "F": ("Bouw", "Construction"),
    "G": ("Handel en autoreparatie", "Trade and motor repair"),
    "H": ("Vervoer en opslag", "Transport and storage"),
    "I": ("Horeca", "Accommodation and food"),
    "J": ("Informatie en communicatie", "Information and communication"),
    "K": ("Financiële diensten", "Financial services"),
    "L": ("Vastgoed", "Real estate"),
    "M": ("Advies, onderzoek en specialistische diensten", "Professional and technical services"),
    "N": ("Verhuur en zakelijke ondersteuning", "Rental and business support"),
    "O": ("Openbaar bestuur", "Public administration"),
    "P": ("Onderwijs", "Education"),
    "Q": ("Gezondheids- en welzijnszorg", "Health and social work"),
    "R": ("Cultuur, sport en recreatie", "Culture, sports and recreation"),
    "S": ("Overige dienstverlening", "Other services"),
    "T": ("Huishoudens als werkgever", "Households as employers"),
    "U": ("Internationale organisaties", "International organisations"),
}

_FROM_2008 = {
    **{letter: letter for letter in "ABCDEFHI"},
    **dict(zip("LMNOPQRSTUV", "KLMNOPQRSTU", strict=True)),
}
NAMES_2025: dict[str, tuple[str, str]] = {
    **{new: NAMES_2008[old] for new, old in _FROM_2008.items()},
    "G": ("Handel", "Trade"),
    "J": ("Uitgeverijen, omroep en media", "Publishing, broadcasting and media"),
    "K": ("Telecommunicatie en informatietechnologie", "Telecommunication and IT"),
}
NAMES = {"2008": NAMES_2008, "2025": NAMES_2025}

# (first division, last division, section)
_DIVISIONS_2008 = (
    *((1, 3, "A"), (5, 9, "B"), (10, 33, "C"), (35, 35, "D"), (36, 39, "E"), (41, 43, "F")),
    *((45, 47, "G"), (49, 53, "H"), (55, 56, "I"), (58, 63, "J"), (64, 66, "K"), (68, 68, "L")),
    *((69, 75, "M"), (77, 82, "N"), (84, 84, "O"), (85, 85, "P"), (86, 88, "Q"), (90, 93, "R")),
    *((94, 96, "S"), (97, 98, "T"), (99, 99, "U")),
)
_DIVISIONS_2025 = (
    *((1, 3, "A"), (5, 9, "B"), (10, 33, "C"), (35, 35, "D"), (36, 39, "E"), (41, 43, "F")),
    *((46, 47, "G"), (49, 53, "H"), (55, 56, "I"), (58, 60, "J"), (61, 63, "K"), (64, 66, "L")),
    *((68, 68, "M"), (69, 75, "N"), (77, 82, "O"), (84, 84, "P"), (85, 85, "Q"), (86, 88, "R")),
    *((90, 93, "S"), (94, 96, "T"), (97, 98, "U"), (99, 99, "V")),
)
SECTIONS = {
    version: {division: letter for low, high, letter in rows for division in range(low, high + 1)}
    for version, rows in (("2008", _DIVISIONS_2008), ("2025", _DIVISIONS_2025))
}


def clean_code(text: str) -> str | None:
    """A code as digits (two to five) or one section letter; None for whatever is neither."""
    bare = re.sub(r"^SBI[\s:]*", "", text.strip().upper())
    bare = re.sub(r"[\s.]", "", bare)
    return bare if re.fullmatch(r"[A-V]|\d{2,6}", bare, re.ASCII) else None


def section_of(code: str | None, version: str | None = "2008") -> str | None:
    """The section letter of `code` in its own `version` (2008 when not given); None if unknown."""
    bare = clean_code(code) if code else None
    version = version if version in SECTIONS else "2008"
    if bare is None:
        return None
    if bare.isalpha():
        return bare if bare in NAMES[version] else None
    return SECTIONS[version].get(int(bare[:2]))


def counting_section(code: str | None, version: str | None = "2008") -> str | None:
    """The section of SBI 2008 under which a company is counted, whatever version its code has.

    One list for all, so that a breakdown by sector never shows two meanings under one letter.
    """
    section = section_of(code, version)
    if section is None or version != "2025":
        return section
    if section in {"J", "K"}:
        return "J"
    return _FROM_2008.get(section, section)


def section_name(letter: str, language: str, version: str = "2008") -> str:
    """The name of a section in `language` (nl or en); the letter itself when there is none."""
    names = NAMES.get(version, NAMES_2008).get(letter)
    return letter if names is None else names[0 if language == "nl" else 1]
