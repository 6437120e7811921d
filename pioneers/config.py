"""Configuration, read once from the environment, typed. `docs/operations.md` explains each name."""

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("PIONEERS_DATA", "instance")).resolve()
KNOWN_SECRETS = frozenset({"", "dev", "secret", "changeme", "change-me", "development-only"})
DEVELOPMENT_SECRET = "development-only"  # noqa: S105 - refused in production
MEGABYTE = 1024 * 1024
MAIL_BACKENDS = ("folder", "smtp", "sendgrid")
MAIL_FROM = "pioniers@localhost.example"  # refused in production where mail really leaves
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
PUBLIC_KEY = re.compile(r"[A-Za-z0-9+/]{80,200}={0,2}")
SMTP_SECURITIES = {"none": 25, "starttls": 587, "tls": 465}  # and the usual port of each
SENDGRID_EU = "https://api.eu.sendgrid.com"


class ConfigurationError(RuntimeError):
    """The site refuses to start like this; the message says what to set."""


@dataclass(frozen=True)
class Config:
    """Everything that differs from one installation to another."""

    production: bool
    debug: bool
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    session_idle_minutes: int
    session_hours: int
    invitation_days: int
    upload_bytes: int
    import_rows: int
    behind_proxies: int
    require_mfa: bool
    log_level: str
    port: int  # where the site is on this machine, for links made outside of requests
    site_address: str  # as people type it, such as https://pioniers.example; '' for any
    mail_backend: str  # one of MAIL_BACKENDS
    mail_from: str  # the address that mail comes from
    mail_from_name: str
    mail_folder: Path  # where the back end `folder` writes
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_security: str  # one of SMTP_SECURITIES
    sendgrid_api_key: str = field(repr=False)
    sendgrid_host: str
    sendgrid_webhook_key: str  # public: with it we know SendGrid's reports from forged ones
    redis_url: str  # where workers count visits together; '' for each on its own


def database_url(environment: Mapping[str, str]) -> str:
    """The address of the database; plain `postgres://` addresses get the psycopg 3 driver."""
    url = environment.get("DATABASE_URL") or f"sqlite:///{INSTANCE / 'pioneers.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _flag(environment: Mapping[str, str], name: str, default: bool) -> bool:
    value = environment.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}")
    return int(value)


def _one_of(environment: Mapping[str, str], name: str, known: Collection[str], default: str) -> str:
    value = environment.get(name, "").strip().lower() or default
    if value not in known:
        raise ConfigurationError(f"{name} must be one of {', '.join(known)}, not {value!r}")
    return value


def _mail_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """How mail leaves; `docs/operations.md` explains the back ends."""
    security = _one_of(environment, "SMTP_SECURITY", SMTP_SECURITIES, "starttls")
    sender = environment.get("MAIL_FROM", "").strip() or MAIL_FROM
    if not MAIL_ADDRESS.fullmatch(sender):
        raise ConfigurationError("MAIL_FROM must be an e-mail address, without a name")
    host = environment.get("SENDGRID_HOST", "").strip().rstrip("/") or SENDGRID_EU
    if not host.startswith(("https://", "http://127.0.0.1:")):
        raise ConfigurationError("SENDGRID_HOST must begin with https://")
    return {
        "mail_backend": _one_of(environment, "MAIL_BACKEND", MAIL_BACKENDS, "folder"),
        "mail_from": sender,
        "mail_from_name": environment.get("MAIL_FROM_NAME", "").strip() or "Pioniers",
        "mail_folder": Path(environment.get("MAIL_FOLDER", "").strip() or INSTANCE / "outbox"),
        "smtp_host": environment.get("SMTP_HOST", "").strip(),
        "smtp_port": _number(environment, "SMTP_PORT", SMTP_SECURITIES[security]),
        "smtp_user": environment.get("SMTP_USER", ""),
        "smtp_password": environment.get("SMTP_PASSWORD", ""),
        "smtp_security": security,
        "sendgrid_api_key": environment.get("SENDGRID_API_KEY", "").strip(),
        "sendgrid_host": host,
        "sendgrid_webhook_key": "".join(environment.get("SENDGRID_WEBHOOK_KEY", "").split()),
    }


def _mode(environment: Mapping[str, str]) -> str:
    """Development or production; a slip of the pen must not open a site with a known secret."""
    mode = environment.get("PIONEERS_ENV", "").strip().lower() or "development"
    if mode not in {"development", "production"}:
        raise ConfigurationError(f"PIONEERS_ENV must be development or production, not {mode!r}")
    return mode


def read(environment: Mapping[str, str]) -> Config:
    """Read the configuration out of `environment`; raises ConfigurationError on what is unsafe."""
    production = _mode(environment) == "production"
    config = Config(
        production=production,
        debug=_flag(environment, "FLASK_DEBUG", False),
        secret_key=environment.get("SECRET_KEY", "" if production else DEVELOPMENT_SECRET),
        database_url=database_url(environment),
        session_idle_minutes=_number(environment, "SESSION_IDLE_MINUTES", 30),
        session_hours=_number(environment, "SESSION_HOURS", 12),
        invitation_days=_number(environment, "INVITATION_DAYS", 7),
        upload_bytes=_number(environment, "UPLOAD_MEGABYTES", 25) * MEGABYTE,
        import_rows=_number(environment, "IMPORT_ROWS", 100_000),
        behind_proxies=_number(environment, "BEHIND_PROXIES", 0),
        require_mfa=_flag(environment, "REQUIRE_MFA", production),
        log_level=environment.get("LOG_LEVEL", "INFO"),
        port=_number(environment, "PORT", 5000),
        site_address=environment.get("SITE_ADDRESS", "").strip().rstrip("/"),
        **_mail_settings(environment),
        redis_url=environment.get("REDIS_URL", "").strip(),
    )
    if production:
        check_production(config)
    return config


def check_production(config: Config) -> None:
    """Refuse what must not be on the internet: debug mode, a weak secret, no way out for mail."""
    if config.debug:
        raise ConfigurationError("production mode does not start with FLASK_DEBUG on")
    if config.secret_key.lower() in KNOWN_SECRETS | {DEVELOPMENT_SECRET}:
        raise ConfigurationError("production mode needs a SECRET_KEY of your own")
    if len(config.secret_key) < 32:
        raise ConfigurationError("SECRET_KEY must have at least 32 characters")
    if len(set(config.secret_key)) < 8:
        raise ConfigurationError("SECRET_KEY must be random, with 8 different characters or more")
    if not config.site_address.startswith(("https://", "http://")):
        raise ConfigurationError("production mode needs SITE_ADDRESS, such as https://site.example")
    check_mail(config)


def check_mail(config: Config) -> None:
    """Refuse a back end of mail that lacks what it needs: its mail would wait for ever."""
    if config.mail_backend == "folder":
        return
    if config.mail_from == MAIL_FROM:
        raise ConfigurationError(f"MAIL_BACKEND={config.mail_backend} needs MAIL_FROM")
    if config.mail_backend == "smtp" and not config.smtp_host:
        raise ConfigurationError("MAIL_BACKEND=smtp needs SMTP_HOST")
    if config.smtp_user and config.smtp_security == "none":
        raise ConfigurationError("SMTP_USER with SMTP_SECURITY=none would send a password in clear")
    if config.mail_backend == "sendgrid" and not config.sendgrid_api_key:
        raise ConfigurationError("MAIL_BACKEND=sendgrid needs SENDGRID_API_KEY")
    if config.sendgrid_webhook_key and not PUBLIC_KEY.fullmatch(config.sendgrid_webhook_key):
        raise ConfigurationError("SENDGRID_WEBHOOK_KEY must be the public key, in base64")
