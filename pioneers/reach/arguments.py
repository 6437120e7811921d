"""What stands in the address of a list."""

from flask import request

from pioneers.web.parsing import LARGEST

AFTER = "na"


def number_argument(name: str) -> int | None:
    """A whole number from the address; None for whatever is not a sensible one."""
    asked = request.args.get(name, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 11):
        return None
    return min(int(asked), LARGEST)


def after_argument() -> int | None:
    """The id after which the asked part of a list begins."""
    return number_argument(AFTER)


def filters_in_address() -> dict[str, str]:
    """The filters of the list that is shown, to keep them in links; the first part again."""
    return {name: value for name, value in request.args.items() if name not in (AFTER, "formaat")}
