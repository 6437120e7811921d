"""The command line's verbs: `figures` and `check`."""

import json
from datetime import date

import click
from flask.cli import with_appcontext

from pioneers import clock
from pioneers.db import db
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import all_programmes, programme_by_slug
from pioneers.reach.check import check
from pioneers.reach.figures import current_scope
from pioneers.reach.rules import Scope
from pioneers.reports.statement import Statement, as_json, statement

UNKNOWN_PROGRAMME = 2


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a refusal that says how to write it."""
        if isinstance(value, date):
            return value
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or len(value) != len("2019-12-31") or not 1900 <= found.year <= 2199:
            self.fail(f"{value!r} is not a day; write it like 2019-12-31", param, ctx)
        return found


def _programme(slug: str) -> Programme:
    """The programme `slug`; ends the command with exit code 2 where there is none."""
    programme = programme_by_slug(db.session, slug)
    if programme is None:
        known = ", ".join(each.slug for each in all_programmes(db.session)[:20])
        hint = f" There are: {known}." if known else " There are none yet."
        click.echo(f"There is no programme {slug!r}.{hint}", err=True)
        raise SystemExit(UNKNOWN_PROGRAMME)
    return programme


@click.command("figures")
@click.argument("programme")
@click.option("--as-of", type=Day(), help="Count what had happened by the end of this day.")
@click.option("--known-on", type=Day(), help="Count what was recorded by the end of this day.")
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON instead of text.")
@with_appcontext
def figures_command(
    programme: str, as_of: date | None, known_on: date | None, as_json_text: bool
) -> None:
    """Print the figures of PROGRAMME, as its pages show them.

    Without --as-of: until today, or the programme's last day. Without --known-on: as known today.
    """
    if known_on is not None and known_on > clock.today():
        raise click.BadParameter("this day is not over yet", param_hint="--known-on")
    found = _programme(programme)
    scope = Scope(as_of or current_scope(found, clock.today()).as_of, None, known_on)
    told = statement(db.session, found, scope)
    click.echo(json.dumps(as_json(told)) if as_json_text else in_words(told))


def in_words(told: Statement) -> str:
    """The statement as text for a terminal."""
    answer = as_json(told)
    lines = [f"{told.programme.name} ({answer['programme']})"]
    lines.append(f"as of {answer['as_of']}, as known on {answer['known_on']}")
    for target in answer["targets"]:
        goal = "no target" if target["target"] is None else f"target {target['target']}"
        lines.append(f"  {target['indicator']}: {target['value']} {target['unit']} ({goal})")
    names = [name for name, value in answer.items() if isinstance(value, int)]
    width = max(len(name) for name in names)
    lines += [f"  {name.replace('_', ' '):<{width}}  {answer[name]:>9}" for name in names]
    return "\n".join(lines)


@click.command("check")
@click.argument("programme", required=False)
@with_appcontext
def check_command(programme: str | None) -> None:
    """Replay the ledger and report any figure that does not follow from its records.

    Of PROGRAMME, or of all of them. Exit code 1 when there is any difference.
    """
    wanted = [_programme(programme)] if programme else all_programmes(db.session)
    total = 0
    for each in wanted:
        differences = check(db.session, each)
        total += len(differences)
        for difference in differences:
            kept, derived = difference.kept, difference.derived
            click.echo(f"{each.slug}: {difference.what}: kept {kept}, records say {derived}")
        if not differences:
            click.echo(f"{each.slug}: every figure follows from its records.")
    if total:
        click.echo(f"{total} differences.", err=True)
        raise SystemExit(1)
