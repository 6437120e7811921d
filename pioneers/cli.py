"""The command line `pioneers`: what the installation's keeper and the project's scripts use."""

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from pioneers import schema
from pioneers.db import db
from pioneers.programmes import access_commands
from pioneers.programmes.actions import load_places


def _create() -> Flask:
    from pioneers.app import create_app

    return create_app()


@click.group(
    cls=FlaskGroup,
    create_app=_create,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
)
def main() -> None:
    """Pioneers: who became aware, who took action, thanks to whom, at what cost.

    Every command works on the database that DATABASE_URL names (by default a SQLite file in
    instance/). Start with: pioneers migrate.
    """


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Create the database or bring it up to date."""
    schema.upgrade(db.engine)
    load_places(db.session)
    db.session.commit()
    click.echo(f"The database {current_app.name} is up to date.")


def register(app: Flask) -> None:
    """Attach every command to `app`."""
    app.cli.add_command(migrate)
    app.cli.add_command(access_commands.user)
