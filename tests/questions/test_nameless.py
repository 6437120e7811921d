"""Taking names out of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.questions.nameless import MARKS, Known, suspects, without_names

KNOWN = Known(
    people=("Anne de Vries", "Marieke ten Hove"),
    companies=("De Vries Metaal B.V.",),
    emails=("anne@devries-metaal.example",),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik ben Anne de Vries van De Vries Metaal B.V.", "Ik ben [naam] van [bedrijf]"),
        ("Bel anne, ANNE of mevrouw De Vries", "Bel [naam] of mevrouw [naam]"),
        ("Annes ploeg van de vries metaal", "[naam] ploeg van [bedrijf]"),
        (
            "Mail a.b+c@x.example of anne@devries-metaal.example",
            "Mail [e-mailadres] of [e-mailadres]",
        ),
        ("Bel 038 425 12 34 of +31 6 12345678", "Bel [telefoonnummer] of [telefoonnummer]"),
        ("KVK 12345678, 8011 AB Zwolle", "KVK [nummer], [postcode] Zwolle"),
        ("Kijk op https://www.devries-metaal.example/ploegen", "Kijk op [website]"),
        ("Een banaan is een Annexatie", "Een banaan is een Annexatie"),
        ("Groet, Marieke ten Hove", "Groet, [naam]"),
    ],
)
def test_who_it_is_about_is_taken_out(text: str, expected: str) -> None:
    assert without_names(text, KNOWN) == expected


def test_what_no_rule_knows_is_pointed_out() -> None:
    text = "Wij werken met Harm in Ommen. Harm roostert. Zij doen [naam] na."
    assert suspects(text) == ["Harm", "Ommen"]


def test_the_marks_are_in_the_language_of_the_text() -> None:
    assert without_names("I am Anne de Vries", KNOWN, MARKS["en"]) == "I am [name]"


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_name_or_address_is_left_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before} Anne de Vries anne@devries-metaal.example {after}"
    done = without_names(text, KNOWN)
    assert "anne@devries-metaal.example" not in done
    assert "Anne de Vries" not in done
    suspects(done)
