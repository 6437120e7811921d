"""What a cell of a field says: addresses and numbers as hosts write them. Pure functions."""

import re

# Written where nothing is known.
NOTHING = frozenset(
    {"-", "--", "–", "—", "?", ".", "nvt", "n.v.t.", "n.v.t", "n/a", "na", "nb", "n.b.", "geen",
     "onbekend", "none", "null", "nil", "unknown", "x@x.nl"}
)  # fmt: skip
ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#N/B", "#VERW!", "#WAARDE!", "#DEEL/0!", "#NAAM?", "#LEEG!", "#GETAL!"}
)  # fmt: skip
EMAIL = re.compile(
    r"[^@\s\"<>,;:()\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]+)"
)
BRACKETED = re.compile(r"<([^<>]+)>")
SECTOR = re.compile(r"[A-Z]?\d{1,2}(?:\.?\d{1,2}){0,3}")
ABOUT = re.compile(r"^(?:ca\.?|circa|ongeveer|plm\.?|±|\+/-|~|about|approx\.?)\s*")


def filled(text: str) -> str:
    """`text`, or '' where it only says that nothing is known."""
    return "" if len(text) <= 8 and text.lower() in NOTHING else text


def is_formula(text: str) -> bool:
    """Whether a formula stands where its outcome should: nobody has calculated it."""
    return text.startswith("=") and len(text) > 1


def email(text: str) -> str | None:
    """The address in lower case, out of `Name <address>` too; None when it is none."""
    if "<" in text and (found := BRACKETED.search(text)):
        text = found[1]
    text = text.lower().removeprefix("mailto:").strip(" .,;'\"")
    if len(text) > 254 or ".." in text or not EMAIL.fullmatch(text):
        return None
    return None if text.startswith(".") or ".@" in text else text


def phone(text: str) -> str | None:
    """In E.164, a Dutch number where no country is named; None when it cannot be one."""
    digits = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    if digits.startswith("+"):
        number = digits[1:]
    elif digits.startswith("00"):
        number = digits[2:]
    elif digits.startswith("0") and len(digits) == 10:
        number = "31" + digits[1:]
    elif len(digits) == 9:  # a spreadsheet's lost zero
        number = "31" + digits
    elif digits.startswith("31") and len(digits) == 11:
        number = digits
    else:
        return None
    return f"+{number}" if number.isdigit() and 7 < len(number) < 16 else None


def employees(text: str) -> int | None:
    """A number of people; `ca. 40` is 40. A class (10-49) is no number: None."""
    if len(text) <= 7 and text.isascii() and text.isdecimal():
        return int(text)
    plain = ABOUT.sub("", text.lower()).strip()
    plain = re.sub(r"\s*(?:fte|medewerkers|werknemers|personen|employees|mensen)$", "", plain)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"\d{1,7}(?:[.,]\d{1,4})?", plain):
        return None
    return round(float(plain.replace(",", ".")))


def sector(text: str) -> str | None:
    """The SBI code that a cell begins with, at most eight characters; None when it is none."""
    first = text.split(" ")[0].rstrip(":-").upper()
    return first if len(first) <= 8 and SECTOR.fullmatch(first) else None
