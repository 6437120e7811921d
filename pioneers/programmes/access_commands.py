"""`pioneers user …`: accounts and access from the command line."""

import os
from typing import NoReturn

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext

from pioneers import clock
from pioneers.accounts.actions import invite
from pioneers.accounts.administration import disable_user, enable_user, reset_mfa
from pioneers.accounts.current import settings
from pioneers.accounts.models import User
from pioneers.accounts.queries import list_users, user_by_email
from pioneers.accounts.resets import make_reset
from pioneers.accounts.rules import Refusal, Refused, Role
from pioneers.db import db
from pioneers.programmes.queries import programme_by_slug

ADDRESS = "http://127.0.0.1:5000"
REFUSALS = {
    Refusal.HAS_ROLE: "has that role already.",
    Refusal.LAST_ADMINISTRATOR: "is the last administrator: make somebody else one first.",
}


@click.group()
def user() -> None:
    """Invite people, and list, close and open their accounts."""


def _fail(message: str) -> NoReturn:
    """Stop with exit code 2."""
    raise click.UsageError(message)


def _known(email: str) -> User:
    found = user_by_email(db.session, email)
    return found if found is not None else _fail(f"There is no account with the address {email}.")


@user.command("create")
@click.argument("email")
@click.option("--programme", "slug", metavar="SLUG", help="The programme to give access to.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="What they may do.")
@click.option("--administrator", is_flag=True, help="Invite a keeper of the whole installation.")
@click.option("--address", metavar="URL", help=f"Where the site is (SITE_ADDRESS, {ADDRESS}).")
@with_appcontext
def create(
    email: str, slug: str | None, role: str | None, administrator: bool, address: str | None
) -> None:
    """Invite EMAIL and print the link with which they choose a password.

    Say either --programme with --role, or --administrator.
    """
    programme_id = _programme_id(slug, role, administrator)
    checked = _checked(email)
    try:
        invitation, token = invite(
            db.session,
            email=checked,
            programme_id=programme_id,
            role=None if role is None else Role(role),
            actor_id=None,
            days=settings().invitation_days,
            origin="command",
        )
    except Refused as refusal:
        _fail(f"{checked} {REFUSALS[refusal.code]}")
    db.session.commit()
    click.echo(f"{_site(address)}/uitnodiging/{token}")
    until = clock.local(invitation.expires_at)
    click.echo(
        f"Send this link to {checked}. It works once, until {until:%Y-%m-%d %H:%M}.", err=True
    )


def _site(address: str | None) -> str:
    """Where the site is, without a slash at the end."""
    return (address or os.environ.get("SITE_ADDRESS") or ADDRESS).rstrip("/")


def _checked(email: str) -> str:
    """The address in lower case, or exit code 2."""
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        _fail(f"{email} is not a complete e-mail address.")


def _programme_id(slug: str | None, role: str | None, administrator: bool) -> int | None:
    """The programme to invite to; None for an administrator."""
    if administrator:
        if slug or role:
            _fail("Say either --administrator, or --programme with --role.")
        return None
    if not slug or not role:
        _fail("Say --programme SLUG and --role ROLE, or --administrator.")
    programme = programme_by_slug(db.session, slug)
    if programme is None:
        _fail(f"There is no programme {slug}. Make it with: pioneers programme create {slug} …")
    return programme.id


@user.command("list")
@with_appcontext
def list_() -> None:
    """Print every account: address, name, and whether it is closed or administrator."""
    for one in list_users(db.session):
        marks = [
            word
            for word, holds in (
                ("administrator", one.is_administrator),
                ("closed", one.disabled_at is not None),
                ("two steps", one.has_mfa),
                ("demonstration", one.is_demonstration),
            )
            if holds
        ]
        click.echo("\t".join([one.email, one.name, ", ".join(marks)]).rstrip())


@user.command("disable")
@click.argument("email")
@with_appcontext
def disable(email: str) -> None:
    """Close the account EMAIL at once."""
    found = _known(email)
    try:
        disable_user(db.session, user=found, actor_id=None, origin="command")
    except Refused as refusal:
        _fail(f"{found.email} {REFUSALS[refusal.code]}")
    db.session.commit()
    click.echo(f"{found.email} cannot log in any more.")


@user.command("enable")
@click.argument("email")
@with_appcontext
def enable(email: str) -> None:
    """Open the closed account EMAIL again."""
    found = _known(email)
    enable_user(db.session, user=found, actor_id=None, origin="command")
    db.session.commit()
    click.echo(f"{found.email} can log in again.")


@user.command("reset-password")
@click.argument("email")
@click.option("--address", metavar="URL", help=f"Where the site is (SITE_ADDRESS, {ADDRESS}).")
@with_appcontext
def reset_password(email: str, address: str | None) -> None:
    """Print a link with which EMAIL chooses a new password."""
    found = _known(email)
    token = make_reset(
        db.session, user=found, secret=settings().secret_key, actor_id=None, origin="command"
    )
    db.session.commit()
    click.echo(f"{_site(address)}/wachtwoord/{token}")
    click.echo(f"Give this link to {found.email} only. It works once, for a day.", err=True)


@user.command("reset-mfa")
@click.argument("email")
@with_appcontext
def reset(email: str) -> None:
    """Forget the second step of EMAIL, who lost their phone.

    Make sure first that it is really they who ask.
    """
    found = _known(email)
    reset_mfa(db.session, user=found, actor_id=None, origin="command")
    db.session.commit()
    click.echo(f"The next time {found.email} logs in, the second step is set up anew.")
