"""When companies and people are alike, and when they are surely two."""

import pytest

from pioneers.companies.identity import Claim, Match, apart, compare, infix_key, likeness
from pioneers.companies.names import company_key, parse_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schuurman Machinefabriek", "Schuurman Machinefabrik"),
        ("Jansen Bouw B.V.", "Bouwbedrijf Jansen"),
        ("Transport Jansen", "Transport Janssen"),
        ("Oude Lansink Logistiek", "Oudelansink Logistiek"),
    ],
)
def test_a_typing_error_or_another_order_is_alike(one: str, other: str) -> None:
    assert 80 <= likeness(company_key(one), company_key(other)) < 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakkerij Bos", "Bakkerij Vos"),
        ("Bakkerij 12", "Bakkerij 13"),
        ("Transport Jansen", "Transport Dekker"),
        ("Zuivel Jansen", "Textiel Jansen"),
    ],
)
def test_other_words_are_another_name(one: str, other: str) -> None:
    assert likeness(company_key(one), company_key(other)) == 0


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Marieke Koster", "Koster, M. (Marieke)", Match.EQUAL),
        ("M. Koster", "Marieke Koster", Match.COMPATIBLE),
        ("Koster", "Marieke Koster", Match.COMPATIBLE),
        ("J. Koster", "Marieke Koster", Match.DIFFERENT),
        ("Marieke Koster", "Marieke Kuster", Match.NEAR),
        ("Marieke de Koster", "Marieke Koster", Match.COMPATIBLE),
        ("Marieke ter Koster", "Marieke te Koster", Match.ALIKE),
        ("Jan v.d. Berg", "Jan van den Berg", Match.EQUAL),
        ("Jan van der Berg", "Jan van den Berg", Match.ALIKE),
        ("Anne Jansen-de Vries", "Anne Jansen", Match.COMPATIBLE),
        ("Zoë Hofsté", "Zoe Hofste", Match.EQUAL),
        ("Jan Jansen", "Piet Jansen", Match.DIFFERENT),
    ],
)
def test_names_of_people_are_compared_part_by_part(one: str, other: str, match: Match) -> None:
    assert compare(parse_name(one), parse_name(other)) == match
    assert compare(parse_name(other), parse_name(one)) == match


def test_short_infixes_are_all_one() -> None:
    assert infix_key("v.d.") == infix_key("Van der") == infix_key("van de")
    assert infix_key("ten") != infix_key("ter")


def test_two_numbers_or_two_domains_keep_companies_apart() -> None:
    assert apart(Claim(kvk_number="11111111"), Claim(kvk_number="22222222"))
    assert apart(Claim(web_domain="a.example"), Claim(web_domain="b.example"))
    assert not apart(Claim(kvk_number="11111111"), Claim(web_domain="b.example"))


def test_another_place_alone_does_not_keep_companies_apart_but_with_the_postcode_it_does() -> None:
    zwolle = Claim(postcode="8012 AB", place="Zwolle")
    assert not apart(zwolle, Claim(place="Enschede"))
    assert apart(zwolle, Claim(postcode="7511 AA", place="Enschede"))
