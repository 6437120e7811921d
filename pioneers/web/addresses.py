"""Numbers in addresses: what no record can have is a page that does not exist."""

from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for
from werkzeug.routing import IntegerConverter, Map

from pioneers.web.parsing import LARGEST


class RecordNumber(IntegerConverter):
    """The id of a record: more digits than an INTEGER column holds would break the query."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def address_before(endpoint: str, argument: str, **values: Any) -> str:
    """The address of a record's page up to its number, which is `argument` and ends the address.

    For rows of a list: building the whole address for each takes as long as the rest of the row.
    """
    return url_for(endpoint, **{**values, argument: 0}).removesuffix("0")


def page_address(endpoint: str, slug: str | None = None) -> str:
    """The address of a page that has no more than a programme in it, as every frame has twenty."""
    return _page_address(request.script_root, endpoint, slug)


@lru_cache(maxsize=2048)
def _page_address(_script_root: str, endpoint: str, slug: str | None) -> str:
    return url_for(endpoint) if slug is None else url_for(endpoint, slug=slug)


def init_addresses(app: Flask) -> None:
    """Let `<int:...>` in every address of `app` be the number of a record."""
    app.url_map.converters["int"] = RecordNumber
    app.jinja_env.globals["address_before"] = address_before
