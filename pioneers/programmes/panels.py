"""Parts of a page that features above its own put there."""

from collections import defaultdict
from collections.abc import Callable

from flask import Flask
from markupsafe import Markup

from pioneers.programmes.models import Programme

Panel = Callable[[Programme, int], str]

_PANELS: dict[str, list[Panel]] = defaultdict(list)


def register_panel(page: str, render: Panel) -> Panel:
    """Let the page with endpoint `page` show what `render` writes for the programme and the record:
    HTML of a template, or nothing for who may not see it."""
    _PANELS[page].append(render)
    return render


def panels(page: str, programme: Programme, record_id: int) -> Markup:
    """What the features above have to show on a page, in the order of the layers."""
    parts = [render(programme, record_id) for render in _PANELS[page]]
    return Markup("\n".join(parts))  # noqa: S704 - each is a rendered template


def init_panels(app: Flask) -> None:
    """Let templates say `panels("events.pioneer", programme, pioneer.id)`."""
    app.jinja_env.globals["panels"] = panels
