"""Finding anything from one box while one types, the same on both databases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from pioneers.search.actions import NewEntry, forget, index, reindex
from pioneers.search.models import Kind
from pioneers.search.queries import find
from tests.factories import make_programme

ENTRIES = (
    (Kind.COMPANY, 1, "Hofsté Logistiek B.V.", "Losser", "04894092 hofste-logistiek.example"),
    (Kind.COMPANY, 2, "Oude-Lansink Logistiek", "Nijverdal", "66504760"),
    (Kind.COMPANY, 3, "Schuurman Machinefabriek", "Tubbergen", ""),
    (Kind.PERSON, 1, "Karin in 't Wiggers", "Oude-Lansink Logistiek", "karin@oudelansink.example"),
    (Kind.FAN, 1, "Logistiek Netwerk Twente", "", ""),
)


def entry(programme: Programme, row: tuple[Kind, int, str, str, str]) -> NewEntry:
    kind, record_id, title, subtitle, words = row
    return NewEntry(programme.id, kind, record_id, title, subtitle, words)


@pytest.fixture
def filled(session: Session, programme: Programme) -> Programme:
    index(session, [entry(programme, row) for row in ENTRIES])
    return programme


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("hofste", ["Hofsté Logistiek B.V."]),
        ("HOFSTÉ log", ["Hofsté Logistiek B.V."]),
        ("0489", ["Hofsté Logistiek B.V."]),
        ("karin@oudelansink.ex", ["Karin in 't Wiggers"]),
        ("lansink oude", ["Oude-Lansink Logistiek"]),
        ("in 't wig", ["Karin in 't Wiggers"]),
        (
            "logistiek",
            ["Logistiek Netwerk Twente", "Hofsté Logistiek B.V.", "Oude-Lansink Logistiek"],
        ),
        ("schurman", ["Schuurman Machinefabriek"]),
        ("machinefabrik", ["Schuurman Machinefabriek"]),
        ("zzzz", []),
        ("p", []),
        ("p1", []),
        ("", []),
        ("   '\"* ", []),
    ],
)
def test_the_start_of_every_word_finds(
    session: Session, filled: Programme, text: str, titles: list[str]
) -> None:
    assert [hit.title for hit in find(session, programme_id=filled.id, text=text)] == titles


def test_kinds_and_the_limit_narrow_it_down(session: Session, filled: Programme) -> None:
    hits = find(session, programme_id=filled.id, text="l", kinds=(Kind.COMPANY, Kind.FAN))
    assert {hit.kind for hit in hits} == {Kind.COMPANY, Kind.FAN}
    assert len(find(session, programme_id=filled.id, text="l", limit=1)) == 1


def test_another_programmes_records_are_never_found(session: Session, filled: Programme) -> None:
    other = make_programme(session)
    assert find(session, programme_id=other.id, text="logistiek") == []


def test_a_changed_record_is_found_anew_and_a_forgotten_one_is_not(
    session: Session, filled: Programme
) -> None:
    changed = (Kind.COMPANY, 3, "Metaalwerken Tubbergen", "", "")
    reindex(session, entry(filled, changed))
    assert find(session, programme_id=filled.id, text="schuurman") == []
    forget(session, Kind.COMPANY, 3)
    assert find(session, programme_id=filled.id, text="metaalwerken") == []


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *('" OR 1=1 --', "a* OR b*", "NEAR(a b)", "text:", "a:b & !c | d", "\x00", "'':*"),
            *("-a", "(a", "a)", "^a", "a" * 10_000, "\\", "%", "<->", "AND", "p1", "1e5 0x1F"),
        ]
    ),
)


@given(text=HOSTILE)
@settings(max_examples=60)
def test_no_text_breaks_the_search(session: Session, filled: Programme, text: str) -> None:
    assert isinstance(find(session, programme_id=filled.id, text=text), list)
