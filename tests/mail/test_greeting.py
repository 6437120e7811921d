"""A mail repeats only what can be a name: anybody may have typed it, with anybody's address."""

import pytest

from pioneers.mail.greeting import greeted


@pytest.mark.parametrize(
    "name",
    [
        "Anne de Vries",
        "J.P. van 't Hof",
        "Jan-Willem Smit",
        "drs. A. Nuñez-Pérez",
        "mr. dr. Fatma Yıldız",
        "O'Brien",
        "Bo",
        "Team Wijk en Zorg",
        "De Vries, Anne",
        "J.de Boer",
    ],
)
def test_a_name_is_repeated(name: str) -> None:
    assert greeted(name, "nl") == name


@pytest.mark.parametrize(
    "typed",
    [
        "klant. Uw pas is geblokkeerd, ga naar evil-bank.nl/inloggen",
        "evil-bank.nl",
        "Bel 0900-1234",
        "klant, bel 0900 1234 nu",
        "Anne @evil",
        "https://evil.example",
        "a" * 200,
        "een twee drie vier vijf zes zeven acht negen",
        "",
        "Anne\r\nBcc: x@y.example",
    ],
)
def test_whatever_else_was_typed_is_not(typed: str) -> None:
    assert greeted(typed, "nl") == "ondernemer"
    assert greeted(typed, "en") == "entrepreneur"
