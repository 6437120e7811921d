"""Numbers in addresses: what no record can have is a page that does not exist."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from pioneers.web.parsing import LARGEST


class RecordNumber(IntegerConverter):
    """The id of a record: more digits than an INTEGER column holds would break the query."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def init_addresses(app: Flask) -> None:
    """Let `<int:...>` in every address of `app` be the number of a record."""
    app.url_map.converters["int"] = RecordNumber
