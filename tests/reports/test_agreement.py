"""Page, export, command and check tell the same."""

import csv
import io
import json
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.db import db
from pioneers.reach.models import Tally
from pioneers.reach.rules import Dimension, Scope
from pioneers.reports.commands import check_command, figures_command
from pioneers.reports.statement import as_json, statement
from tests.client import log_in
from tests.factories import make_event, make_person
from tests.reports.conftest import Filled, attend, night


def csv_rows(client: FlaskClient, path: str) -> list[list[str]]:
    """The rows of a CSV export."""
    response = client.get(f"/p/overijssel/{path}")
    assert response.status_code == 200
    text = response.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def total_row(rows: list[list[str]]) -> list[int]:
    """The figures of the row called total."""
    return [int(cell) for cell in next(row for row in rows if row and row[0] == "Totaal")[1:]]


EXPECTED = {
    "participations": 7,
    "people": 5,
    "companies": 4,
    "companies_in_target_group": 2,
    "unnamed_heads": 13,
    "activated_companies": 1,
    "events_held": 2,
    "pioneers": 1,
    "fans": 1,
}


def test_the_command_prints_the_promised_shape(app: Flask, filled: Filled) -> None:
    answer = app.test_cli_runner().invoke(figures_command, ["overijssel", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert told["programme"] == "overijssel"
    assert told["as_of"] == "2019-12-31"
    assert told["known_on"] == clock.today().isoformat()
    assert told["targets"] == [
        {"indicator": "aware", "target": 4, "unit": "companies", "value": 4},
        {"indicator": "activated", "target": None, "unit": "companies", "value": 1},
    ]
    assert {name: told[name] for name in EXPECTED} == EXPECTED


def test_the_command_answers_as_of_and_as_known_on(app: Flask, filled: Filled) -> None:
    def ask(*options: str) -> dict[str, int]:
        answer = app.test_cli_runner().invoke(figures_command, ["overijssel", "--json", *options])
        found: dict[str, int] = json.loads(answer.output)
        return found

    assert ask("--as-of", "2017-12-31")["people"] == 3
    assert ask("--known-on", "2017-12-31")["people"] == 3
    assert ask("--as-of", "2017-12-31", "--known-on", "2016-12-31")["people"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nergens"], 2, "There is no programme 'nergens'"),
        (["overijssel", "--as-of", "31-12-2019"], 2, "write it like 2019-12-31"),
        (["overijssel", "--as-of", "20191231"], 2, "write it like 2019-12-31"),
        (["overijssel", "--known-on", "2199-01-01"], 2, "not over yet"),
    ],
)
def test_the_command_refuses_clearly(
    app: Flask, filled: Filled, arguments: list[str], code: int, words: str
) -> None:
    answer = app.test_cli_runner().invoke(figures_command, arguments)
    assert answer.exit_code == code
    assert words in answer.output


def test_the_text_of_the_command_reads(app: Flask, filled: Filled) -> None:
    answer = app.test_cli_runner().invoke(figures_command, ["overijssel"])
    assert "aware: 4 companies (target 4)" in answer.output
    assert "activated: 1 companies (no target)" in answer.output


@pytest.mark.parametrize("known_on", [None, date(2018, 12, 31)])
def test_page_export_and_command_agree(
    app: Flask, client: FlaskClient, session: Session, filled: Filled, known_on: date | None
) -> None:
    told = as_json(statement(session, filled.programme, Scope(date(2019, 12, 31), None, known_on)))
    figures = [told[name] for name in list(EXPECTED)[:6]]
    log_in(client, filled.personas.leader)
    query = f"?bekend={known_on}" if known_on else ""
    for by in ["gemeente", "sector", "grootte", "fan", "pionier", "bijeenkomst", "kanaal", "maand"]:
        page = client.get(f"/p/overijssel/cijfers/{by}{query}").get_data(as_text=True)
        assert "De delen tellen op tot het totaal" in page, by
        foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
        shown = [int(cell) for cell in re.findall(r">(\d+)</a>", foot)]
        rows = csv_rows(client, f"cijfers/{by}/export.csv{query}")
        assert shown == total_row(rows) == figures, by
        place = [row[0] if row else "" for row in rows].index("Totaal")
        parts = [[int(cell) for cell in row[1:]] for row in rows[1:place]]
        assert [sum(column) for column in zip(*parts, strict=True)] == figures, by
    assert total_row(csv_rows(client, f"cijfers/export.csv{query}")) == figures


def test_an_export_of_records_holds_as_many_rows_as_the_figure(
    client: FlaskClient, filled: Filled
) -> None:
    log_in(client, filled.personas.leader)
    rows = csv_rows(client, "cijfers/achter/personen/export.csv")
    assert rows.index([]) == 1 + 5
    assert rows[0][:3] == ["Persoon", "Bedrijf", "Dag"]
    assert ["Tot en met", "31 december 2019"] in rows
    heads = csv_rows(client, "cijfers/achter/hoofden/export.csv")
    assert sum(int(row[-1]) for row in heads[1 : heads.index([])]) == 13


def test_both_kinds_of_sheet_hold_the_same(client: FlaskClient, filled: Filled) -> None:
    log_in(client, filled.personas.leader)
    rows = csv_rows(client, "cijfers/gemeente/export.csv")
    book = client.get("/p/overijssel/cijfers/gemeente/export.xlsx")
    sheet = load_workbook(io.BytesIO(book.data)).active
    assert sheet is not None
    cells = [[str(cell) for cell in row if cell is not None] for row in sheet.values]
    assert cells[: len(rows)] == rows


def test_the_check_finds_a_figure_that_does_not_follow(
    app: Flask, client: FlaskClient, session: Session, filled: Filled
) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(check_command, ["overijssel"]).exit_code == 0
    assert runner.invoke(check_command).exit_code == 0
    session.execute(
        update(Tally)
        .where(Tally.dimension == Dimension.MUNICIPALITY, Tally.key == "GM0193")
        .values(companies=Tally.companies + 1)
    )
    answer = runner.invoke(check_command, ["overijssel"])
    assert answer.exit_code == 1
    assert "companies" in answer.output
    log_in(client, filled.personas.leader)
    page = client.get("/p/overijssel/cijfers/gemeente").get_data(as_text=True)
    assert "De delen tellen niet op tot het totaal" in page
    assert runner.invoke(check_command, ["nergens"]).exit_code == 2


@pytest.mark.parametrize("path", ["", "cijfers", "cijfers/gemeente", "cijfers/achter/personen"])
def test_a_page_costs_as_many_queries_for_one_evening_as_for_many(
    app: Flask, client: FlaskClient, session: Session, filled: Filled, path: str
) -> None:
    log_in(client, filled.personas.leader)

    def cost() -> int:
        asked: list[str] = []

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert client.get(f"/p/overijssel/{path}").status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert asked
        return len([each for each in asked if each.lstrip().upper().startswith("SELECT")])

    before = cost()
    for number in range(12):
        day = date(2018, 7 + number % 5, 1 + number)
        with clock.at(night(day)):
            evening = make_event(session, filled.programme, day=day, fan_id=filled.fan.id)
            people = [make_person(session, filled.programme) for _ in range(2)]
            filled.people += people
            attend(session, filled, evening, people)
    session.flush()
    assert cost() == before
