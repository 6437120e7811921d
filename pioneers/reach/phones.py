"""Phone numbers: kept as E.164, typed and read as people write them."""

import phonenumbers

HOME = "NL"


def clean_phone(typed: str) -> str | None:
    """A number that exists, as E.164; Dutch where no country is given. None if it is none."""
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def written_phone(kept: str | None) -> str:
    """A kept number for reading: 038 123 4567, or +49 30 123456 from elsewhere."""
    if not kept:
        return ""
    try:
        number = phonenumbers.parse(kept, HOME)
    except phonenumbers.NumberParseException:
        return kept
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    if number.country_code == phonenumbers.country_code_for_region(HOME):
        style = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(number, style)
