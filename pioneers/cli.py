"""The command line `pioneers`: what the installation's keeper and the project's scripts use."""

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext

from pioneers import schema
from pioneers.config import ConfigurationError
from pioneers.db import db
from pioneers.demo import commands as demo_commands
from pioneers.importing import commands as importing_commands
from pioneers.programmes import access_commands
from pioneers.programmes import commands as programme_commands
from pioneers.programmes.actions import load_places
from pioneers.reports import commands as reports_commands
from pioneers.worker import commands as worker_commands

HELP = """Pioneers: who became aware, who took action, thanks to whom, at what cost.

Every command works on the database that DATABASE_URL names (by default a SQLite file in the folder
instance). Start with: pioneers migrate.
"""


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Create the database or bring it up to date."""
    schema.upgrade(db.engine)
    load_places(db.session)
    db.session.commit()
    click.echo(f"The database of {current_app.name} is up to date.")


COMMANDS: tuple[click.Command, ...] = (
    migrate,
    demo_commands.demo,
    access_commands.user,
    programme_commands.programme,
    importing_commands.group,
    reports_commands.figures_command,
    reports_commands.check_command,
    worker_commands.worker,
)


def register(app: Flask) -> None:
    """Attach every command to `app`, where tests and Flask's own tools find them."""
    for command in COMMANDS:
        app.cli.add_command(command)


def _create(*_arguments: object) -> Flask:
    from pioneers.app import create_app

    try:
        return create_app()
    except ConfigurationError as problem:
        raise click.ClickException(str(problem)) from problem


def main() -> None:
    """Run the command that the arguments name."""
    group = click.Group("pioneers", help=HELP, commands={c.name or "": c for c in COMMANDS})
    group.main(obj=ScriptInfo(create_app=_create), prog_name="pioneers")
