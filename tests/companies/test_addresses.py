"""Numbers and addresses that identify."""

import pytest

from pioneers.companies.addresses import (
    clean_establishment,
    clean_kvk,
    clean_postcode,
    email_domain,
    is_shared_mailbox,
    site_domain,
)


@pytest.mark.parametrize("value", [4894092, "4894092", "04894092", 4894092.0, "4894092.0"])
def test_a_kvk_number_gets_back_the_zero_that_a_spreadsheet_took(value: object) -> None:
    assert clean_kvk(value) == "04894092"


@pytest.mark.parametrize("value", [None, "", "123", "onbekend", 123456789, True])
def test_what_is_no_kvk_number_is_none(value: object) -> None:
    assert clean_kvk(value) is None


def test_an_establishment_number_has_twelve_digits() -> None:
    assert clean_establishment(12345678901) == "012345678901"
    assert clean_establishment("12") is None


def test_a_postcode_is_written_one_way() -> None:
    assert clean_postcode("8012ab") == "8012 AB"
    assert clean_postcode("8012") == "8012"
    assert clean_postcode("0012 AB") is None


@pytest.mark.parametrize(
    "email",
    [
        *("a@gmail.com", "a@hotmail.nl", "a@live.nl", "a@ziggo.nl", "a@kpnmail.nl", "a@home.nl"),
        *("a@xs4all.nl", "a@proton.me", "a@me.com", "a@yahoo.co.uk", "geen adres", None),
    ],
)
def test_the_domain_of_a_provider_identifies_no_company(email: str | None) -> None:
    assert email_domain(email) is None


def test_an_own_domain_is_read_from_an_address_and_from_a_site() -> None:
    assert email_domain("jan@Bakkerij.example") == "bakkerij.example"
    assert site_domain("https://www.bakkerij.example/over-ons?x=1") == "bakkerij.example"
    assert site_domain("www.facebook.com/bakkerij") is None


def test_an_address_of_a_desk_belongs_to_nobody() -> None:
    assert is_shared_mailbox("info@bakkerij.example")
    assert is_shared_mailbox("administratie2@bakkerij.example")
    assert not is_shared_mailbox("ingrid@bakkerij.example")
