"""What must not be on the internet does not start."""

from contextvars import copy_context

import pytest

from pioneers.app import create_app
from pioneers.config import DEVELOPMENT_SECRET, KNOWN_SECRETS, ConfigurationError
from tests.conftest import SECRET
from tests.database import Databases

SAFE = {
    "PIONEERS_ENV": "production",
    "SECRET_KEY": SECRET,
    "SITE_ADDRESS": "https://pioniers.example",
}
SMTP = {
    "MAIL_BACKEND": "smtp",
    "MAIL_FROM": "pioniers@voorbeeld.example",
    "SMTP_HOST": "mail.voorbeeld.example",
}
SENDGRID = SMTP | {"MAIL_BACKEND": "sendgrid", "SENDGRID_API_KEY": "SG.x"}


@pytest.mark.parametrize(
    "unsafe",
    [
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": DEVELOPMENT_SECRET},
        *({"SECRET_KEY": secret.upper()} for secret in sorted(KNOWN_SECRETS)),
        {"FLASK_DEBUG": "1"},
        {"SECRET_KEY": "a" * 40},
        {"SESSION_HOURS": "many"},
        {"PIONEERS_ENV": "prod"},
        {"SITE_ADDRESS": ""},
        {"SITE_ADDRESS": "pioniers.example"},
        {"MAIL_BACKEND": "pigeon"},
        SMTP | {"MAIL_FROM": ""},
        SMTP | {"MAIL_FROM": "Pioniers <pioniers@voorbeeld.example>"},
        SMTP | {"SMTP_HOST": ""},
        SMTP | {"SMTP_SECURITY": "ssl"},
        SMTP | {"SMTP_SECURITY": "none", "SMTP_USER": "x"},
        SENDGRID | {"SENDGRID_API_KEY": ""},
        SENDGRID | {"SENDGRID_HOST": "http://api.example"},
        SENDGRID | {"SENDGRID_WEBHOOK_KEY": "no key"},
    ],
    ids=str,
)
def test_production_does_not_start_unsafe(unsafe: dict[str, str], databases: Databases) -> None:
    url = databases.blank("sqlite")
    with pytest.raises(ConfigurationError):
        create_app(SAFE | {"DATABASE_URL": url} | unsafe)


def test_production_without_a_secret_does_not_start(databases: Databases) -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        create_app({"PIONEERS_ENV": "production", "DATABASE_URL": databases.blank("sqlite")})


@pytest.mark.parametrize("mail", [{}, SMTP, SENDGRID], ids=["folder", "smtp", "sendgrid"])
def test_production_starts_when_it_is_safe(databases: Databases, mail: dict[str, str]) -> None:
    app = create_app(SAFE | mail | {"DATABASE_URL": databases.new("sqlite")})
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert not app.debug
    assert "SG.x" not in repr(app.extensions["pioneers_config"])
    assert SECRET not in repr(app.extensions["pioneers_config"])


def test_only_the_sites_own_address_is_answered_when_it_is_set(databases: Databases) -> None:
    address = {"SITE_ADDRESS": "https://pioniers.example", "DATABASE_URL": databases.new("sqlite")}
    client = create_app(SAFE | address).test_client()
    own, other = (
        copy_context().run(client.get, "/gezond", base_url=f"https://{host}")
        for host in ("pioniers.example", "elders.example")
    )
    assert (own.status_code, other.status_code) == (200, 400)
