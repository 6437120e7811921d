"""insert_rows: what goes in comes out again, whatever way the database takes rows in."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pioneers.companies.models import Employment, Person
from pioneers.db import ROWS_TOGETHER, insert_rows, plain_json
from pioneers.programmes.models import Programme
from tests.factories import make_company

MOMENT = datetime(2024, 3, 31, 1, 30, 0, 125, tzinfo=UTC)
NAMES = ["Koster", "a\tb", "a\nb", "\\N", "\\.", "back\\slash", "d'Arc", '"q"', "Žižka 🙂", "NULL"]


def _person(programme: Programme, number: int) -> dict[str, Any]:
    return {
        "id": 10_000 + number,
        "programme_id": programme.id,
        "first_name": "",
        "initials": "",
        "infix": "",
        "family_name": NAMES[number % len(NAMES)],
        "name_key": f"key {number}",
        "email": None if number % 3 == 0 else f"p{number}@x.nl",
        "function": "",
        "created_at": MOMENT,
        "version": 1,
    }


@pytest.mark.parametrize("count", [1, ROWS_TOGETHER, 2 * ROWS_TOGETHER + 7])
def test_every_row_comes_out_as_it_went_in(
    session: Session, programme: Programme, count: int
) -> None:
    rows = [_person(programme, number) for number in range(count)]

    insert_rows(session, Person.__table__, rows)

    found = session.execute(select(Person.__table__).order_by(Person.id)).mappings().all()
    assert [{name: row[name] for name in rows[0]} for row in found] == rows


def test_days_that_some_rows_lack(session: Session, programme: Programme) -> None:
    rows = [_person(programme, 0), _person(programme, 1)]
    insert_rows(session, Person.__table__, rows)
    firm = make_company(session, programme)
    days = [(None, 10_000), (date(2025, 1, 1), 10_001)]

    insert_rows(
        session,
        Employment.__table__,
        [
            {"person_id": one, "company_id": firm.id, "from_day": date(2024, 1, 1), "to_day": end}
            for end, one in days
        ],
    )

    order = select(Employment.to_day).order_by(Employment.person_id)
    assert list(session.scalars(order)) == [None, date(2025, 1, 1)]


def test_a_broken_constraint_is_an_integrity_error_that_a_savepoint_takes_back(
    session: Session, programme: Programme
) -> None:
    rows = [_person(programme, number) for number in range(ROWS_TOGETHER)]
    rows[-1]["programme_id"] = 999_999

    with pytest.raises(IntegrityError), session.begin_nested():
        insert_rows(session, Person.__table__, [*rows, rows[0]])

    assert session.scalars(select(Person.id)).all() == []


@given(st.lists(st.text() | st.sampled_from(["Koster", "a b", '"', "\\", "\x7f", ""]), max_size=4))
def test_plain_json_says_what_json_says(cells: list[str]) -> None:
    assert plain_json(cells) in (None, json.dumps(cells))


@pytest.mark.parametrize("value", [None, {}, [], [1], ["a", None], "a", ("a",), [["a"]]])
def test_plain_json_leaves_the_rest_alone(value: object) -> None:
    assert plain_json(value) is None
