"""pioneers programme: make programmes and list them."""

import sys
from datetime import date, datetime

import click
from flask.cli import with_appcontext

from pioneers.db import db
from pioneers.programmes.actions import create_programme
from pioneers.programmes.queries import all_programmes
from pioneers.programmes.rules import Refused, Unit

DAY = click.DateTime(["%Y-%m-%d"])
MESSAGES = {
    "slug_shape": "SLUG: use small letters, digits and hyphens, 40 at most (like slimmer-werken).",
    "slug_reserved": "SLUG: '{slug}' is an address of the site itself; choose another one.",
    "slug_taken": "SLUG: there is a programme '{slug}' already.",
    "name_missing": "--name: give a name.",
    "period_reversed": "--to lies before --from.",
    "target_not_positive": "--aware and --activated must be more than zero.",
    "target_too_large": "--aware and --activated are at most {limit}.",
    "target_before_start": "--from: the targets would be due before the first day ({day}).",
    "target_in_past": "--to: the targets would be due on a day that has passed.",
}


@click.group("programme")
def programme() -> None:
    """Make programmes and list them."""


@programme.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="How the programme is called.")
@click.option("--from", "starts", type=DAY, help="Its first day.")
@click.option("--to", "ends", type=DAY, help="Its last day, on which the targets are due.")
@click.option("--aware", type=int, help="Target: how many are made aware.")
@click.option("--activated", type=int, help="Target: how many companies come into action.")
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.COMPANIES.value,
    show_default=True,
    help="The unit in which 'made aware' is counted.",
)
@click.option("--province", default="Overijssel", show_default=True)
@with_appcontext
def create(
    slug: str,
    name: str,
    starts: datetime | None,
    ends: datetime | None,
    aware: int | None,
    activated: int | None,
    unit: str,
    province: str,
) -> None:
    """Make the programme SLUG, with the default catalogue of actions."""
    try:
        made = create_programme(
            db.session,
            slug=slug,
            name=name,
            starts_on=_day(starts),
            ends_on=_day(ends),
            aware=aware,
            activated=activated,
            actor_id=None,
            origin="command",
            aware_unit=Unit(unit),
            province=province,
        )
    except Refused as refusal:
        db.session.rollback()
        click.echo("Error: " + MESSAGES[refusal.code].format(**refusal.params), err=True)
        sys.exit(2)
    db.session.commit()
    click.echo(f"Made programme {made.slug}: {made.name}.")
    click.echo(f"Next: pioneers user create EMAIL --programme {made.slug} --role project_leader")


@programme.command("list")
@with_appcontext
def show() -> None:
    """List the programmes."""
    found = all_programmes(db.session)
    for one in found:
        period = f"{one.starts_on or '…'} to {one.ends_on or '…'}"
        click.echo(f"{one.slug:<24} {period:<26} {one.name}")
    if not found:
        click.echo("There is no programme yet. Make one with: pioneers programme create")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
