"""Configuration, read once from the environment, typed. `docs/operations.md` explains each name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = Path(os.environ.get("PIONEERS_DATA", "instance")).resolve()
KNOWN_SECRETS = frozenset({"", "dev", "secret", "changeme", "change-me", "development-only"})
DEVELOPMENT_SECRET = "development-only"  # noqa: S105 - refused in production
MEGABYTE = 1024 * 1024


class ConfigurationError(RuntimeError):
    """The site refuses to start like this; the message says what to set."""


@dataclass(frozen=True)
class Config:
    """Everything that differs from one installation to another."""

    production: bool
    debug: bool
    secret_key: str
    database_url: str
    session_idle_minutes: int
    session_hours: int
    invitation_days: int
    upload_bytes: int
    import_rows: int
    behind_proxies: int
    require_mfa: bool
    log_level: str
    site_address: str  # as people type it, such as https://pioniers.example; '' for any
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
        site_address=environment.get("SITE_ADDRESS", "").strip().rstrip("/"),
        redis_url=environment.get("REDIS_URL", "").strip(),
    )
    if production:
        check_production(config)
    return config


def check_production(config: Config) -> None:
    """Refuse what must not be on the internet: debug mode, a missing, short or known secret."""
    if config.debug:
        raise ConfigurationError("production mode does not start with FLASK_DEBUG on")
    if config.secret_key.lower() in KNOWN_SECRETS | {DEVELOPMENT_SECRET}:
        raise ConfigurationError("production mode needs a SECRET_KEY of your own")
    if len(config.secret_key) < 32:
        raise ConfigurationError("SECRET_KEY must have at least 32 characters")
    if len(set(config.secret_key)) < 8:
        raise ConfigurationError("SECRET_KEY must be random, with 8 different characters or more")
