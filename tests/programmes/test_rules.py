"""Places, sectors, addresses and targets, without a database."""

from datetime import date

import pytest

from pioneers.programmes.places import PlaceBook, place_key
from pioneers.programmes.rules import Refused, check_period, check_slug, check_target
from pioneers.programmes.sectors import counting_section, section_name, section_of

BOOK = PlaceBook({place_key("Hengelo"): "GM0164", place_key("Sint Jansklooster"): "GM1708"})


@pytest.mark.parametrize(
    ("place", "postcode", "code"),
    [
        ("Hengelo", None, "GM0164"),
        ("HENGELO OV", "7551 AB", "GM0164"),
        ("Hengelo (O)", "", "GM0164"),
        ("Hengelo", "7255 MJ", None),
        ("St. Jansklooster", None, "GM1708"),
        ("Utrecht", None, None),
        (None, "7551AB", None),
    ],
)
def test_a_place_gives_its_municipality(
    place: str | None, postcode: str | None, code: str | None
) -> None:
    assert BOOK.municipality(place, postcode) == code


def test_a_code_gives_the_section_of_its_own_version() -> None:
    assert section_of("62.01") == "J"
    assert section_of("6201", "2025") == "K"
    assert section_of("SBI 25.11", "2008") == "C"
    assert section_of("V", "2008") is None
    assert section_of("V", "2025") == "V"
    assert section_of("onbekend") is None
    assert section_of(None) is None


def test_both_versions_are_counted_under_one_list() -> None:
    assert counting_section("6201", "2025") == counting_section("6201", "2008") == "J"
    assert counting_section("8610", "2025") == counting_section("8610", "2008") == "Q"
    assert section_name("Q", "nl") == "Gezondheids- en welzijnszorg"
    assert section_name("Q", "en") == "Health and social work"


@pytest.mark.parametrize("slug", ["", "Groot", "een twee", "-a", "a-", "x" * 41, "é", "beheer"])
def test_an_address_that_cannot_be_is_refused(slug: str) -> None:
    with pytest.raises(Refused):
        check_slug(slug)


def test_a_programme_does_not_end_before_it_starts() -> None:
    check_period(date(2016, 1, 1), date(2016, 1, 1))
    with pytest.raises(Refused):
        check_period(date(2016, 1, 2), date(2016, 1, 1))


@pytest.mark.parametrize(
    ("value", "due_on", "ends_on", "code"),
    [
        (0, date(2017, 12, 31), None, "target_not_positive"),
        (-5, date(2017, 12, 31), None, "target_not_positive"),
        (10_000_001, date(2017, 12, 31), None, "target_too_large"),
        (5, date(2017, 4, 30), None, "target_in_past"),
        (5, date(2015, 12, 31), date(2016, 6, 1), "target_before_start"),
    ],
)
def test_a_target_that_cannot_be_is_refused(
    value: int, due_on: date, ends_on: date | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_target(
            value=value,
            due_on=due_on,
            today=date(2017, 5, 1),
            starts_on=date(2016, 1, 1),
            ends_on=ends_on,
        )
    assert refused.value.code == code


def test_a_programme_that_has_ended_can_still_get_its_target() -> None:
    check_target(
        value=450,
        due_on=date(2019, 12, 31),
        today=date(2026, 1, 1),
        starts_on=date(2016, 1, 1),
        ends_on=date(2019, 12, 31),
    )
