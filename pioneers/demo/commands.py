"""The command `pioneers demo load`."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from pioneers.db import db
from pioneers.demo.begin import ACCOUNTS, PASSWORD
from pioneers.demo.load import AlreadyLoaded, load
from pioneers.programmes.models import Programme

demo = AppGroup("demo", help="Show the product with invented people and companies.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a programme already.")
@with_appcontext
def load_command(if_empty: bool) -> None:
    """Load the demonstration programmes: one that is over, one that runs, and an empty one."""
    if current_app.extensions["pioneers_config"].production:
        raise click.ClickException("production mode keeps no demonstration accounts")
    if if_empty and db.session.scalar(select(Programme.id).limit(1)) is not None:
        return
    try:
        load(db.session, lambda what: click.echo(f"  made {what}"))
    except AlreadyLoaded as problem:
        raise click.ClickException("the demonstration is there already") from problem
    db.session.commit()
    show_accounts()


@demo.command("accounts")
def show_accounts_command() -> None:
    """Print the demonstration accounts."""
    show_accounts()


def show_accounts() -> None:
    """Print who can log in, and with what."""
    click.echo(f"Demonstration accounts, password {PASSWORD}")
    for account in ACCOUNTS:
        role = "administrator" if account.role is None else account.role.value.replace("_", " ")
        click.echo(f"  {account.email:<30} {role}")
