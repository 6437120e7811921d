"""The application: its configuration and the explicit list of features."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import pioneers.models  # noqa: F401 - the metadata is whole
from pioneers import cli, features
from pioneers import config as configuration
from pioneers.accounts.checks import refuse_demo_accounts
from pioneers.cards.quick import QuickCards
from pioneers.config import Config
from pioneers.db import db, init_engine
from pioneers.requests import init_requests
from pioneers.web.setup import init_app as init_web

csrf = CSRFProtect()


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """Build the application out of `environment` (the process's own by default).

    Raises ConfigurationError where production would be unsafe.
    """
    config = configuration.read(os.environ if environment is None else environment)
    app = Flask("pioneers", root_path=str(configuration.ROOT), static_folder="static")
    app.config.from_mapping(_flask_settings(config))
    app.extensions["pioneers_config"] = config
    if config.database_url.startswith("sqlite:///"):
        configuration.INSTANCE.mkdir(parents=True, exist_ok=True)
    hops = config.behind_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = QuickCards(app, hops)  # type: ignore[method-assign]
    db.init_app(app)
    init_engine(app)
    csrf.init_app(app)
    init_requests(app)
    init_web(app)
    features.register(app)
    for view in features.WITHOUT_TOKEN:
        csrf.exempt(view)
    cli.register(app)
    refuse_demo_accounts(app)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    """What Flask and its extensions read."""
    return {
        "SECRET_KEY": config.secret_key,
        "DEBUG": config.debug,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config.database_url),
        "MAX_CONTENT_LENGTH": config.upload_bytes + 64 * 1024,
        "MAX_FORM_MEMORY_SIZE": config.upload_bytes,
        "SESSION_COOKIE_NAME": "__Host-pioneers" if config.production else "pioneers",
        "SESSION_COOKIE_SECURE": config.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if config.production else "http",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session lasts
        "TEMPLATES_AUTO_RELOAD": config.debug,
        "TRUSTED_HOSTS": _trusted_hosts(config.site_address),
    }


def _trusted_hosts(address: str) -> list[str] | None:
    """The one host that links may be made for; any as long as the site's address is not set."""
    host = urlsplit(address).hostname
    return [host] if host else None


def _engine_options(url: str) -> dict[str, object]:
    """Errors name no values (they are personal data)."""
    if url.startswith("sqlite"):
        return {
            "hide_parameters": True,
            "connect_args": {"timeout": 15, "check_same_thread": False},
        }
    # The connection that was used last has its statements planned, and its pages at hand.
    return {"hide_parameters": True, "pool_size": 8, "max_overflow": 8, "pool_use_lifo": True}
