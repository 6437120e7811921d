"""What every page shares, attached to the app in one call."""

from flask import Flask

from pioneers.web.errors import init_errors
from pioneers.web.formats import init_formats
from pioneers.web.forms import csrf
from pioneers.web.headers import init_headers
from pioneers.web.i18n import init_i18n
from pioneers.web.logs import init_logs
from pioneers.web.pagination import init_pagination


def init_app(app: Flask) -> None:
    """Attach logs, language, forms, formats, headers and error pages to `app`.

    Reads `app.config`: PRODUCTION (bool: HSTS, JSON logs) and LOG_LEVEL.
    """
    init_logs(app)
    init_i18n(app)
    csrf.init_app(app)
    init_formats(app)
    init_pagination(app)
    init_headers(app)
    init_errors(app)
