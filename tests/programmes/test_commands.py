"""pioneers programme: what it prints and how it ends."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme

CREATE = ["programme", "create", "slimmer", "--name", "Slimmer werken"]


def test_a_programme_is_made_and_listed(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    period = ["--from", "2016-01-01", "--to", "2019-12-31"]
    result = runner.invoke(args=[*CREATE, *period, "--aware", "450", "--unit", "people"])
    assert result.exit_code == 0, result.output
    assert "slimmer" in runner.invoke(args=["programme", "list"]).output
    assert session.scalars(select(Programme.name)).all() == ["Slimmer werken"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "2019-01-01", "--to", "2016-01-01"], "--to lies before --from"),
        (["--aware", "0"], "more than zero"),
        (["--activated", "-3"], "more than zero"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    app: Flask, session: Session, arguments: list[str], words: str
) -> None:
    result = app.test_cli_runner().invoke(args=[*CREATE, *arguments])
    assert result.exit_code == 2
    assert words in result.output
    assert session.scalars(select(Programme.id)).all() == []


def test_an_address_that_is_taken_is_refused(app: Flask, programme: Programme) -> None:
    arguments = ["programme", "create", programme.slug, "--name", "Nog een"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 2
    assert "already" in result.output
