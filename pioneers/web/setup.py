"""What every page shares, attached to the app in one call."""

from flask import Flask

from pioneers.config import Config
from pioneers.web.addresses import init_addresses
from pioneers.web.errors import init_errors
from pioneers.web.formats import init_formats
from pioneers.web.headers import init_headers
from pioneers.web.i18n import init_i18n
from pioneers.web.logs import init_logs
from pioneers.web.pagination import init_pagination
from pioneers.web.templates import init_templates
from pioneers.web.throttling import init_throttling


def init_app(app: Flask) -> None:
    """Attach templates, addresses, logs, language, formats, pages, headers and errors to `app`.

    Reads the Config in `app.extensions["pioneers_config"]`: production gives HSTS and JSON logs.
    """
    config = app.extensions.get("pioneers_config")
    if isinstance(config, Config):
        app.config["PRODUCTION"] = config.production
        app.config["LOG_LEVEL"] = config.log_level
        init_throttling(app, config)
    init_templates(app)
    init_addresses(app)
    init_logs(app)
    init_i18n(app)
    init_formats(app)
    init_pagination(app)
    init_headers(app)
    init_errors(app)
