"""Lists in pages of fifty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import Flask, request

T = TypeVar("T")
SIZE = 50
PARAMETER = "pagina"
LAST = 1_000_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its rows, its number from 1, and how many rows there are in all."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_prev(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.number < self.pages

    @property
    def first(self) -> int:
        """The place of the first row shown, from 1; 0 when nothing is shown."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.items) - 1 if self.items else 0


def page_number() -> int:
    """The page asked for; 1 for whatever is not a sensible number."""
    asked = request.args.get(PARAMETER, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 8):
        return 1
    return min(max(1, int(asked)), LAST)


def offset(number: int, size: int = SIZE) -> int:
    """How many rows come before page `number`."""
    return (number - 1) * size


def page_href(number: int) -> str:
    """The address of another page of the list that is shown, with the same filters."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    return f"{request.path}?{urlencode([*others, (PARAMETER, str(number))])}"


def init_pagination(app: Flask) -> None:
    """Give the `pagination` macro the addresses of the other pages."""
    app.jinja_env.globals["page_href"] = page_href
