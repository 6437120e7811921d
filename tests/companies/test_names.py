"""Dutch names in their parts, and the keys by which names are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.companies.names import (
    PersonName,
    build_name,
    company_block,
    company_key,
    company_strict_key,
    fold,
    join_name,
    parse_name,
    person_key,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Koster, M. (Marieke)", ("Marieke", "M.", "", "Koster")),
        ("Drost, van der A. (Anne)", ("Anne", "A.", "van der", "Drost")),
        ("Mulder, in 't L. (Leo)", ("Leo", "L.", "in 't", "Mulder")),
        ("Jan van den Berg", ("Jan", "", "van den", "Berg")),
        ("Karin in ’t Veld", ("Karin", "", "in 't", "Veld")),
        ("dhr. ir. J.P. de Vries", ("", "J.P.", "de", "Vries")),
        ("De heer Jansen", ("", "", "", "Jansen")),
        ("mevr. Smit", ("", "", "", "Smit")),
        ("MARIEKE VAN DER KOSTER", ("Marieke", "", "van der", "Koster")),
        ("jan jansen", ("Jan", "", "", "Jansen")),
        ("Karin Jansen-de Vries", ("Karin", "", "", "Jansen-de Vries")),
        ("JANSEN-DE VRIES, A.", ("", "A.", "", "Jansen-de Vries")),
        ("Oude-Lansink, van G. (Greet)", ("Greet", "G.", "van", "Oude-Lansink")),
        ("Jan Willem de Boer", ("Jan Willem", "", "de", "Boer")),
        ("Berg, J. v.d.", ("", "J.", "v.d.", "Berg")),
        ("V. de Wit", ("", "V.", "de", "Wit")),
        ("van der Berg", ("", "", "van der", "Berg")),
        ("M.Koster", ("", "M.", "", "Koster")),
        ("Piet IJsselmuiden", ("Piet", "", "", "IJsselmuiden")),
        ("", ("", "", "", "")),
    ],
)
def test_a_name_is_read_in_its_dutch_parts(text: str, parts: tuple[str, str, str, str]) -> None:
    assert parse_name(text) == PersonName(*parts)


def test_columns_may_hold_the_infix_and_the_initials_in_the_wrong_place() -> None:
    assert build_name(first_name="Ugur", family_name="in 't Eshuis") == PersonName(
        "Ugur", "", "in 't", "Eshuis"
    )
    assert build_name(first_name="M.", family_name="Koster") == PersonName("", "M.", "", "Koster")
    assert build_name(family_name="Schuurman, van der").infix == "van der"


@pytest.mark.parametrize(
    "name",
    ["Eshuis B.V.", "ESHUIS BV", "eshuis b. v.", "  Eshuis", "Éshuis V.O.F.", "Eshuis n.v."],
)
def test_the_legal_form_does_not_tell_companies_apart(name: str) -> None:
    assert company_strict_key(name) == "eshuis"


def test_family_of_companies_shares_the_key_but_not_the_strict_one() -> None:
    assert company_key("Hofsté Logistiek Groep B.V.") == company_key("Hofste Logistiek")
    assert company_key("Eshuis & Zn. B.V.") == "eshuis"
    assert company_strict_key("Eshuis & Zn. B.V.") != company_strict_key("Eshuis B.V.")


def test_a_name_of_nothing_but_a_legal_form_keeps_its_key() -> None:
    assert company_key("Holding B.V.") == "holding"
    assert company_key("B.V.") == "bv"


def test_the_block_ignores_the_order_of_words_and_keeps_numbers_whole() -> None:
    assert company_block("Bouwbedrijf Jansen") == company_block("Jansen Bouw B.V.")
    assert company_block("Bakkerij 12") != company_block("Bakkerij 13")


@given(st.text(max_size=60))
def test_whatever_the_text_the_keys_are_bounded_and_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(company_key(text)) <= 200
    assert len(company_block(text)) <= 40
    name = parse_name(text)
    assert len(name.family_name) <= 80
    assert len(person_key(name)) <= 120


FIRST = st.sampled_from(["Marieke", "Jan", "Zoë", "Björn", "Jan Willem", "Anne-Marie"])
INFIX = st.sampled_from(["", "van", "van der", "in 't", "op de", "ten", "uit den"])
FAMILY = st.sampled_from(["Koster", "Oude-Lansink", "IJsselmuiden", "Hofsté", "Jansen-de Vries"])


@given(FIRST, INFIX, FAMILY)
def test_a_name_that_is_written_out_is_read_back_the_same(
    first: str, infix: str, family: str
) -> None:
    if family == "Jansen-de Vries":
        infix = ""
    name = PersonName(first, "", infix, family)
    assert parse_name(join_name(name)) == name
    assert parse_name(f"{family}, {infix} {first}") == name
