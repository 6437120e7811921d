"""Many entries, so that no question is answered by looking through all of them: each answer is the
one that reading every entry gives, on both databases."""

from itertools import product

import pytest
from sqlalchemy.orm import Session

from pioneers.programmes.models import Programme
from pioneers.search import asking, queries
from pioneers.search.actions import NewEntry, index, reindex
from pioneers.search.models import Kind
from pioneers.search.queries import Matches, find, matching
from pioneers.search.words import words_of
from tests.factories import make_programme

NAMES = ("Westerberg", "Westerbeek", "Oosterhof", "Oostermeijer", "Hofman", "Piek", "Ten Xhof")
TRADES = ("Bakkerij", "Bouw", "Installatie", "Zuivel")
MANY = asking.NEWEST + queries.LOOK
LIMIT = 8


def made(programme: Programme, first: int, titles: list[str]) -> list[NewEntry]:
    return [
        NewEntry(programme.id, Kind.COMPANY, number, title, "Losser", f"bv{number}")
        for number, title in enumerate(titles, start=first)
    ]


@pytest.fixture
def own(session: Session, programme: Programme) -> list[NewEntry]:
    """Entries of the programme, with another programme's before and after them in the index."""
    other = make_programme(session)
    common = [f"{NAMES[n % 5]} {TRADES[n % 3]}" for n in range(MANY)]
    # Rare here, common there; two common words that seldom meet; old, and never seen again.
    rare = ["Zeldzaam Zuivel", "Zeldzaam Bouw", "Piek Westerberg", "Ten Xhof Installatie"]
    entries = made(programme, 100_000, [*rare, *common])
    index(session, made(other, 1, ["Zeldzaam Zuivel"] * (queries.LOOK + 200)))
    index(session, entries)
    index(session, made(other, 200_000, ["Piek Zuivel", "Oosterhof Bakkerij"] * asking.NEWEST))
    return entries


def answers(entries: list[NewEntry], text: str) -> set[int]:
    """The records in which every word of `text` begins a word."""
    return {
        entry.record_id
        for entry in entries
        if all(
            any(word.startswith(asked) for word in words_of(f"{entry.title} {entry.words}"))
            for asked in words_of(text)
        )
    }


def test_every_beginning_and_pair_finds_what_reading_every_entry_finds(
    session: Session, programme: Programme, own: list[NewEntry]
) -> None:
    starts = [name[:size] for name in (*NAMES, *TRADES, "Zeldzaam") for size in (1, 2, 3, 5, 20)]
    pairs = [f"{one} {other}" for one, other in product(starts[::4], repeat=2)]
    for text in [*starts, *pairs, "westerbeek bouw bv10", "bv100003", "zuivel", "west zui"]:
        wanted = answers(own, text)
        found = find(session, programme_id=programme.id, text=text, limit=LIMIT)
        # Typing errors fill up what is found when that is almost nothing.
        exact = [hit.record_id for hit in found][: len(wanted)]
        assert set(exact) <= wanted, text
        assert len(exact) == min(LIMIT, len(wanted)), text


def test_what_is_wanted_in_great_number_is_found_in_great_number(
    session: Session, programme: Programme, own: list[NewEntry]
) -> None:
    for text in ("zuivel", "westerb", "hofman bakkerij", "zeldzaam", "we b"):
        found = find(
            session, programme_id=programme.id, text=text, kinds=(Kind.COMPANY,), limit=500
        )
        wanted = answers(own, text)
        exact = {hit.record_id for hit in found[: len(wanted)]}
        assert exact <= wanted
        assert len(exact) == min(500, len(wanted))


def test_a_list_that_is_content_with_few_hears_whether_these_are_all(
    session: Session, programme: Programme, own: list[NewEntry]
) -> None:
    def asked(text: str, enough: int, most: int) -> Matches:
        return matching(
            session,
            programme_id=programme.id,
            text=text,
            kind=Kind.COMPANY,
            enough=enough,
            most=most,
        )

    for text in ("zuivel", "westerb", "hofman bakkerij", "zeldzaam", "piek wes", "westerbeek zu"):
        wanted = answers(own, text)
        for enough, most in ((LIMIT, 500), (60, 500), (5_000, 5_000)):
            found = asked(text, enough, most)
            exact = set(found.ids[: len(wanted)])
            assert exact <= wanted
            assert len(exact) >= min(enough, len(wanted)), text
            assert found.is_all <= (exact == wanted), text
            assert found.is_all or len(found.ids) >= enough, text
    assert asked("zeldzaam", 60, 500).is_all
    assert asked("westerb", 5_000, 5_000).is_all
    assert not asked("bakkerij", 60, 500).is_all


def test_kinds_that_the_newest_entries_are_not_are_found(
    session: Session, programme: Programme, own: list[NewEntry]
) -> None:
    reindex(session, NewEntry(programme.id, Kind.FAN, 1, "Westerberg Bouw", "", ""))
    for text in ("west", "westerberg bouw", "w b"):
        hits = find(session, programme_id=programme.id, text=text, kinds=(Kind.FAN,), limit=LIMIT)
        assert [(hit.kind, hit.record_id) for hit in hits] == [(Kind.FAN, 1)]


def test_the_title_that_begins_with_the_text_comes_first(
    session: Session, programme: Programme, own: list[NewEntry]
) -> None:
    reindex(session, NewEntry(programme.id, Kind.FAN, 1, "Bakkerij Hofman", "", ""))
    hits = find(session, programme_id=programme.id, text="bakkerij ho")
    assert hits[0].title == "Bakkerij Hofman"


def test_two_common_words_with_typing_errors_are_explained(
    session: Session, programme: Programme, own: list[NewEntry]
) -> None:
    hits = find(session, programme_id=programme.id, text="Oosterhf Instalatie", limit=LIMIT)
    assert {hit.title for hit in hits} == {"Oosterhof Installatie"}


def test_long_words_and_entries_without_words_are_taken_in(
    session: Session, programme: Programme
) -> None:
    long = "x" * 250
    entries = [("!", ""), (long, f"{long * 40} y"), ("Ærøskøbing", ""), ("P3 Bouw", "")]
    index(
        session,
        [
            NewEntry(programme.id, Kind.COMPANY, number, title, "", words)
            for number, (title, words) in enumerate(entries, start=1)
        ],
    )
    for text, wanted in ((long, [2]), ("y", [2]), ("aeros", [3]), ("p3", [4]), ("company", [])):
        hits = find(session, programme_id=programme.id, text=text)
        assert [hit.record_id for hit in hits] == wanted, text
