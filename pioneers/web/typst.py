"""PDFs that everybody can read (PDF/UA-1), set by Typst out of a template and data.

What people wrote reaches the template as data, never as markup: a name with a # is a name.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from flask import Response

from pioneers.config import ROOT

TEMPLATES = ROOT / "templates"
STANDARD: Final = "ua-1"  # typst refuses to write a file that does not keep to it
LAST_SURE = "\u04ff"  # the fonts inside typst have Latin, Greek and Cyrillic
SURE_SIGNS = frozenset("‘’“”–—•…€−")
UNKNOWN = "?"


def set_pdf(name: str, data: Mapping[str, object], *, made_at: datetime) -> bytes:
    """The PDF of the template `name` (a path under templates/) with `data`.

    A sign that no font here has would be left out silently; the standard refuses that, so then
    it becomes a question mark that somebody can write over.
    """
    import typst  # takes memory in every process, and most set nothing

    given = _each(data, _readable)
    try:
        return _set(name, given, made_at)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _set(name, _each(given, _sure), made_at)


def _set(name: str, data: object, made_at: datetime) -> bytes:
    import typst

    return typst.compile(
        (TEMPLATES / name).read_bytes(),
        format="pdf",
        pdf_standards=[STANDARD],
        sys_inputs={"data": json.dumps(data)},
        timestamp=made_at.replace(microsecond=0),
    )


def _each(value: object, change: Callable[[str], str]) -> object:
    """`value` with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _each(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one, change) for one in value]
    return value


def _readable(text: str) -> str:
    """Without signs that steer the text: a name cannot turn the line around."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if unicodedata.category(sign)[0] != "C")


def _sure(text: str) -> str:
    """Only what the fonts inside typst have; a letter with an odd accent loses the accent."""
    return "".join(sign if _is_sure(sign) else _plain(sign) for sign in text)


def _is_sure(sign: str) -> bool:
    return (sign <= LAST_SURE and not unicodedata.combining(sign)) or sign in SURE_SIGNS


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[:1]
    return base if base and _is_sure(base) else UNKNOWN


def pdf_response(content: bytes, file_name: str) -> Response:
    """A PDF to look at in the browser; `file_name` (ASCII) is for whoever keeps it."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response
