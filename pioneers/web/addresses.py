"""Numbers in addresses: what no record can have is a page that does not exist."""

from typing import Any

from flask import Flask, url_for
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


def init_addresses(app: Flask) -> None:
    """Let `<int:...>` in every address of `app` be the number of a record."""
    app.url_map.converters["int"] = RecordNumber
    app.jinja_env.globals["address_before"] = address_before
