"""A text of the demonstration as a sheet to print, so that the documents have a file."""

import re
from collections.abc import Iterator

from pioneers import clock
from pioneers.markup.rendering import to_text
from pioneers.web.typst import set_pdf

POINT = re.compile(r"(?:-|\d+\.) ")


def sheet(*, title: str, summary: str, body: str, programme: str) -> bytes:
    """One or two pages of A4: headings, paragraphs and lists, without pictures or tables."""
    data = {
        "title": title,
        "summary": summary,
        "programme": programme,
        "language": "nl",
        "blocks": list(_blocks(body)),
    }
    return set_pdf("knowledge/sheet.typ", data, made_at=clock.now())


def _blocks(body: str) -> Iterator[dict[str, object]]:
    for part in re.split(r"\n\s*\n", body.strip()):
        lines = part.splitlines()
        if part.startswith("#"):
            yield {"kind": "heading", "text": part.lstrip("# ")}
        elif POINT.match(part):
            kind = "list" if part.startswith("-") else "steps"
            points = [to_text(POINT.sub("", line, count=1)).strip() for line in lines]
            yield {"kind": kind, "parts": points}
        else:
            yield {"kind": "paragraph", "text": to_text(part)}
