"""Lists are judged, written once, and taken back as a whole."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.companies.models import Company, Person
from pioneers.companies.rules import Subject
from pioneers.db import db
from pioneers.events.models import Attendance, Event, EventStatus, Presence
from pioneers.importing.actions import (
    Options,
    answer_row,
    correct_row,
    map_fields,
    read_again,
    stage,
    verdict_counts,
    write,
)
from pioneers.importing.headers import Field
from pioneers.importing.models import (
    AttendanceImport,
    ImportFile,
    ImportRow,
    ImportStatus,
    RowVerdict,
)
from pioneers.importing.queries import get_row
from pioneers.importing.reading.document import Limits
from pioneers.importing.staging import layout_of
from pioneers.importing.undoing import undo
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.models import Contact
from pioneers.reach.rules import VoidReason
from pioneers.search.models import SearchEntry
from tests.factories import make_event, make_fan, make_programme
from tests.importing.files import HEADER, PEOPLE, people_csv, sheet_csv, sheet_xlsx

LIMITS = Limits(5_000_000, 1_000)


@pytest.fixture
def event(session: Session, programme: Programme) -> Event:
    return make_event(session, programme, fan_id=make_fan(session, programme).id)


def staged(
    session: Session, programme: Programme, event: Event, content: bytes, name: str = "lijst.csv"
) -> AttendanceImport:
    return stage(
        session,
        programme=programme,
        event=event,
        source=io.BytesIO(content),
        file_name=name,
        limits=LIMITS,
        actor_id=None,
    )


def added(session: Session, programme: Programme, event: Event, content: bytes) -> AttendanceImport:
    imported = staged(session, programme, event, content)
    assert write(session, programme=programme, event=event, imported=imported, actor_id=None)
    return imported


def counts(imported: AttendanceImport) -> dict[str, int]:
    return {name: count for name, count in verdict_counts(imported).items() if count}


def how_many(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def row(session: Session, imported: AttendanceImport, number: int) -> ImportRow:
    return get_row(session, imported, number)


def test_staging_says_what_happens_and_writes_nothing(session, programme, event) -> None:
    imported = staged(session, programme, event, people_csv())
    assert counts(imported) == {"new": 3, "not_attended": 1}
    assert (imported.counts["aware_before"], imported.counts["aware_after"]) == (0, 3)
    for model in (Person, Company, Contact, Attendance):
        assert how_many(session, model) == 0
    assert session.scalars(select(SearchEntry).where(SearchEntry.kind == "person")).all() == []


def test_writing_makes_contacts_of_who_came_and_keeps_who_did_not(
    session, programme, event
) -> None:
    imported = added(session, programme, event, people_csv())
    assert counts(imported) == {"new": 3, "not_attended": 1}
    found = figures(session, programme, current_scope(programme, clock.today()))
    assert (found.participations, found.people, found.companies) == (3, 3, 3)
    absent = session.scalars(select(Attendance).where(Attendance.presence == Presence.ABSENT)).one()
    assert absent.contact_id is None
    assert how_many(session, ImportFile) == 0


def test_writing_twice_writes_once(session, programme, event) -> None:
    imported = added(session, programme, event, people_csv())
    again = write(session, programme=programme, event=event, imported=imported, actor_id=None)
    assert not again
    assert how_many(session, Contact) == 3


def test_the_same_file_again_changes_nothing(session, programme, event) -> None:
    people = [*PEOPLE, ["Zonder", "", "Adres", "Eenzaam B.V.", "", "x"]]
    added(session, programme, event, people_csv(people))
    before = [how_many(session, model) for model in (Person, Company, Contact, Attendance)]
    second = added(session, programme, event, people_csv(people))
    assert counts(second) == {"already_listed": 5}
    assert [how_many(session, model) for model in (Person, Company, Contact, Attendance)] == before


def test_the_same_list_saved_in_another_way_changes_nothing(session, programme, event) -> None:
    added(session, programme, event, people_csv())
    second = added(session, programme, event, sheet_xlsx([HEADER, *PEOPLE]))
    assert counts(second) == {"already_listed": 4}
    assert how_many(session, Contact) == 3


def test_the_same_person_twice_in_one_file_counts_once(session, programme, event) -> None:
    imported = added(session, programme, event, people_csv([PEOPLE[0], PEOPLE[1], PEOPLE[0]]))
    assert counts(imported) == {"new": 2, "already_listed": 1}
    assert row(session, imported, 4).reason == "twice_in_file"


def test_who_is_known_by_e_mail_is_known_at_the_next_event(session, programme, event) -> None:
    added(session, programme, event, people_csv())
    other = make_event(session, programme, day=date(2018, 2, 1))
    imported = staged(session, programme, other, people_csv([PEOPLE[0]]))
    assert counts(imported) == {"known": 1}
    assert row(session, imported, 2).reason == "email"


def test_absent_first_and_present_on_a_later_list_is_present(session, programme, event) -> None:
    added(session, programme, event, people_csv())
    there = [*PEOPLE[2][:5], "x"]
    imported = added(session, programme, event, people_csv([there]))
    assert counts(imported) == {"known": 1}
    assert how_many(session, Contact) == 4


BAD = [
    (["Ab", "", "", "X", "", "x"], "no_name", "Achternaam"),
    (["Ab", "", "Bo", "X", "ab@x", "x"], "email_wrong", "E-mailadres"),
    (["Ab", "", "Bo", "X", "", "misschien"], "presence_unknown", "Aanwezig"),
    (["Ab", "", "Bo", "X" * 201, "", "x"], "too_long", "Bedrijf"),
    (["Ab", "", "Bo", "=A1&B1", "", "x"], "formula", "Bedrijf"),
    (["Ab", "", "Bo", "#N/B", "", "x"], "cell_error", "Bedrijf"),
    (["Ab", "", "Bo", "X", "", "x", "te veel"], "extra_cells", ""),
    (HEADER, "header_again", ""),
]


@pytest.mark.parametrize(("cells", "reason", "column"), BAD)
def test_a_row_that_cannot_be_read_says_why_and_where(
    session, programme, event, cells: list[str], reason: str, column: str
) -> None:
    if reason == "no_name":
        cells = ["", *cells[1:]]
    imported = added(session, programme, event, people_csv([PEOPLE[0], cells]))
    assert counts(imported) == {"new": 1, "error": 1}
    found = row(session, imported, 3)
    assert (found.reason, found.details["column"]) == (reason, column)


def test_a_kvk_number_gets_its_zero_back_and_a_wrong_one_is_refused(
    session, programme, event
) -> None:
    content = sheet_xlsx(
        [["Naam", "Bedrijf", "KvK nr"], ["Jan Mol", "A", 4894092], ["Piet Bos", "B", 123]]
    )
    imported = added(session, programme, event, content)
    assert session.scalars(select(Company.kvk_number)).all() == ["04894092"]
    assert row(session, imported, 3).reason == "kvk_wrong"


def test_employees_that_are_no_number_do_not_refuse_anybody(session, programme, event) -> None:
    content = sheet_csv([["Naam", "Bedrijf", "Aantal medewerkers"], ["Jan Mol", "A", "10-49"]])
    imported = added(session, programme, event, content)
    assert row(session, imported, 2).details["remarks"] == [["employees", "10-49"]]


def test_without_a_presence_column_everybody_was_there(session, programme, event) -> None:
    imported = added(session, programme, event, sheet_csv([["Naam", "Bedrijf"], ["Jan Mol", "A"]]))
    assert counts(imported) == {"new": 1}
    assert not layout_of(imported).has_presence


def test_of_two_columns_with_one_name_the_second_asks(session, programme, event) -> None:
    content = sheet_csv(
        [["Naam", "E-mail", "E-mail"], ["Jan Mol", "jan@mol-proef.nl", "x@y-proef.nl"]]
    )
    layout = layout_of(staged(session, programme, event, content))
    assert layout.columns == ["Naam", "E-mail", "E-mail (2)"]
    assert layout.asks == [2]
    assert layout.fields == {0: Field.FULL_NAME, 1: Field.EMAIL}


LIKE = [
    ["Marieke", "", "Koster", "Kosterwerk", "", "x"],
    ["Mariek", "", "Koster", "Kosterwerk", "", "x"],
]


def doubtful(
    session: Session, programme: Programme, event: Event
) -> tuple[AttendanceImport, ImportRow]:
    added(session, programme, event, people_csv(LIKE[:1]))
    other = make_event(session, programme, day=date(2018, 2, 1))
    imported = staged(session, programme, other, people_csv(LIKE[1:]))
    assert counts(imported) == {"doubtful": 1}
    return imported, row(session, imported, 2)


@pytest.mark.parametrize(
    ("choice", "verdict", "people"), [("same", "known", 1), ("other", "new", 2)]
)
def test_a_choice_settles_a_doubtful_row(
    session, programme, event, choice: str, verdict: str, people: int
) -> None:
    imported, found = doubtful(session, programme, event)
    where = session.get_one(Event, imported.event_id)
    while found.verdict == RowVerdict.DOUBTFUL:
        doubt = found.details["doubts"][0]
        answer_row(
            session,
            programme=programme,
            event=where,
            imported=imported,
            row=found,
            subject=Subject(doubt["subject"]),
            choice=doubt["other"] if choice == "same" else choice,
        )
        session.refresh(found)
    assert counts(imported) == {verdict: 1}
    write(session, programme=programme, event=where, imported=imported, actor_id=None)
    assert counts(imported) == {verdict: 1}
    assert how_many(session, Person) == people


def test_a_doubtful_row_that_waits_counts_as_a_new_person(session, programme, event) -> None:
    imported, _found = doubtful(session, programme, event)
    where = session.get_one(Event, imported.event_id)
    write(session, programme=programme, event=where, imported=imported, actor_id=None)
    assert counts(imported) == {"doubtful": 1}
    assert how_many(session, Person) == 2


def test_a_choice_that_was_not_offered_is_refused(session, programme, event) -> None:
    imported, found = doubtful(session, programme, event)
    with pytest.raises(Refused):
        answer_row(
            session,
            programme=programme,
            event=event,
            imported=imported,
            row=found,
            subject=Subject.PERSON,
            choice="999999",
        )


def test_a_corrected_row_is_judged_again(session, programme, event) -> None:
    imported = staged(
        session, programme, event, people_csv([["Wim", "ten", "Prins", "P", "wim@koster", "x"]])
    )
    assert counts(imported) == {"error": 1}
    correct_row(
        session,
        programme=programme,
        event=event,
        imported=imported,
        row=row(session, imported, 2),
        cells=["Wim", "ten", "Prins", "P", "wim@koster-proef.nl", "x"],
    )
    assert counts(imported) == {"new": 1}


def test_another_mapping_is_used_and_remembered_for_the_fan(session, programme, event) -> None:
    content = sheet_csv([["Wie", "Waar"], ["Jan Mol", "Molbouw"]])
    imported = staged(session, programme, event, content)
    assert imported.counts == {}
    read_again(
        session,
        programme=programme,
        event=event,
        imported=imported,
        limits=LIMITS,
        options=Options(header_row=1),
    )
    fields = {0: Field.FULL_NAME, 1: Field.COMPANY}
    map_fields(session, programme=programme, event=event, imported=imported, fields=fields)
    assert counts(imported) == {"new": 1}
    second = make_event(session, programme, day=date(2018, 2, 1), fan_id=event.fan_id)
    again = staged(session, programme, second, content)
    assert layout_of(again).fields == fields


def test_an_unsure_encoding_must_be_chosen_before_writing(session, programme, event) -> None:
    content = "Naam;Bedrijf\r\nBjörn Hofsté;Coöperatie\r\n".encode("cp850")
    imported = staged(session, programme, event, content)
    with pytest.raises(Refused) as caught:
        write(session, programme=programme, event=event, imported=imported, actor_id=None)
    assert caught.value.code == "encoding_unsure"


def test_a_list_of_a_cancelled_event_is_refused(session, programme) -> None:
    event = make_event(session, programme, status=EventStatus.CANCELLED)
    with pytest.raises(Refused) as caught:
        staged(session, programme, event, people_csv())
    assert caught.value.code == "cancelled"


def test_undoing_takes_contacts_and_absences_back_and_says_what_stays(
    session, programme, event
) -> None:
    imported = added(session, programme, event, people_csv())
    effect = undo(session, programme=programme, event=event, imported=imported, actor_id=None)
    assert effect is not None
    assert (effect.contacts, effect.absences, effect.people_removed) == (3, 1, 1)
    assert (effect.people_kept, effect.companies_kept) == (3, 3)
    assert imported.status == ImportStatus.UNDONE
    assert set(session.scalars(select(Contact.void_reason))) == {VoidReason.IMPORT_UNDONE}
    assert how_many(session, Attendance) == 0
    found = figures(session, programme, current_scope(programme, clock.today()))
    assert (found.participations, found.people, found.companies) == (0, 0, 0)
    assert undo(session, programme=programme, event=event, imported=imported, actor_id=None) is None


def test_after_undoing_the_file_can_be_added_again(session, programme, event) -> None:
    imported = added(session, programme, event, people_csv())
    undo(session, programme=programme, event=event, imported=imported, actor_id=None)
    again = added(session, programme, event, people_csv())
    assert counts(again) == {"known": 3, "not_attended": 1}
    found = figures(session, programme, current_scope(programme, clock.today()))
    assert (found.participations, found.people) == (3, 3)


def test_two_uploads_at_once_make_no_doubles(real_app: Flask) -> None:
    people = [
        [f"Jan{n}", "", f"Mol{n}", f"Bedrijf {n}", f"jan{n}@mol{n}-proef.nl", "x"]
        for n in range(40)
    ]
    with real_app.app_context():
        programme = make_programme(db.session)
        event = make_event(db.session, programme)
        lists = [
            staged(db.session, programme, event, people_csv(people, delimiter=mark)).id
            for mark in ";,"
        ]
        programme_id, event_id = programme.id, event.id
        db.session.commit()
        db.session.remove()
    ready = Barrier(4)

    def press(import_id: int) -> bool:
        with real_app.app_context():
            ready.wait()
            programme = db.session.get_one(Programme, programme_id)
            done = write(
                db.session,
                programme=programme,
                event=db.session.get_one(Event, event_id),
                imported=db.session.get_one(AttendanceImport, import_id),
                actor_id=None,
            )
            db.session.commit()
            return done

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(press, [*lists, *lists]))
    assert sorted(done) == [False, False, True, True]
    with real_app.app_context():
        assert how_many(db.session(), Contact) == 40
        assert how_many(db.session(), Person) == 40
        verdicts = db.session.scalars(select(ImportRow.verdict)).all()
        assert verdicts.count(RowVerdict.NEW) == 40
        assert verdicts.count(RowVerdict.ALREADY_LISTED) == 40
