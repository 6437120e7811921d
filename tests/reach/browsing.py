"""Filling in forms as a browser without scripts does."""

import re
from html import unescape


def sent_by(page: str) -> dict[str, str]:
    """What a browser would send of the form on `page`, as it stands."""
    form = page[page.index('<form method="post" novalidate>') :]
    data = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if "name" in attributes:
            data[attributes["name"]] = unescape(attributes.get("value", ""))
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        first = re.search(r'value="([^"]*)"', body)
        data[name] = (chosen or first)[1] if (chosen or first) else ""  # type: ignore[index]
    return data
