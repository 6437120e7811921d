"""Finding records while somebody types."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy.orm import Session, scoped_session

from pioneers.search.asking import Question, entries, newest_of_kind
from pioneers.search.models import Kind
from pioneers.search.words import words_of

AnySession = Session | scoped_session[Session]
MOST_WORDS = 8
LONGEST = 60  # letters of a word that count; the index of PostgreSQL ends there too
CANDIDATES = 200  # as many are ordered; whoever finds more types on
LOOK = 1_000  # rows that are looked through at once, or four for each that is wanted
LIST_LOOK = 300  # the same for a list that is content with less
ALIKE_CANDIDATES = 200
ALIKE_ENOUGH = 30
FEW = 3  # fewer hits than this, and typing errors are looked for
ALIKE = 78


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found."""

    kind: Kind
    record_id: int
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class Matches:
    """The records of one kind that match; `is_all` says that there are no others."""

    ids: list[int]
    is_all: bool


def find(
    session: AnySession,
    *,
    programme_id: int,
    text: str,
    kinds: Collection[Kind] = tuple(Kind),
    limit: int = 10,
) -> list[Hit]:
    """Records of the programme in which every word of `text` begins a word.

    Whose title begins with `text` comes first. When almost nothing is found, names that a typing
    error explains are added. Everything but letters and digits in `text` only parts words.
    """
    words = _words(text)
    if not words or not kinds:
        return []
    most = max(CANDIDATES, limit)
    question = Question(
        programme_id, frozenset(kinds), words, limit, most, look=max(LOOK, 4 * most)
    )
    found = _hits(_answer(session, question, text)[0])
    asked = " ".join(words)
    found.sort(key=lambda hit: (not _title(hit).startswith(asked), _title(hit), hit.record_id))
    if len(found) < FEW:
        found += _alike(session, question, {(hit.kind, hit.record_id) for hit in found})
    return found[:limit]


def matching(
    session: AnySession, *, programme_id: int, text: str, kind: Kind, enough: int, most: int
) -> Matches:
    """What `find` would find of one kind, in no order, for a list that has its own.

    Where more is not to be had at once, `enough` will do.
    """
    words = _words(text)
    if not words:
        return Matches([], is_all=True)
    question = Question(
        programme_id, frozenset({kind}), words, enough, most, look=max(LIST_LOOK, 4 * enough)
    )
    ids = newest_of_kind(session, question) if enough < most else []
    if ids:
        return Matches(ids, is_all=False)
    rows, is_all = _answer(session, question, text)
    ids = [record_id for _kind, record_id, *_ in rows]
    if len(ids) < FEW:
        known = {(kind, record_id) for record_id in ids}
        ids += [hit.record_id for hit in _alike(session, question, known)]
    return Matches(ids, is_all)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word[:LONGEST] for word in words_of(text[:500])[:MOST_WORDS])


def _answer(session: AnySession, question: Question, text: str) -> tuple[list[Any], bool]:
    """Rows that answer `question`, whether these are all.

    An address is typed or pasted whole: its words are looked up, not what they begin.
    """
    if "@" in text:
        rows, is_all = entries(session, replace(question, whole=True))
        if rows:
            return rows, is_all
    return entries(session, question)


def _hits(rows: Iterable[Any]) -> list[Hit]:
    return [
        Hit(Kind(kind), record_id, title, subtitle) for kind, record_id, title, subtitle, *_ in rows
    ]


def _title(hit: Hit) -> str:
    return " ".join(words_of(hit.title))


def _alike(session: AnySession, question: Question, known: set[tuple[Kind, int]]) -> list[Hit]:
    """Entries of which every word is almost one that was asked for, the likest first."""
    words = question.words
    # A number or address identifies: one that is almost it is another's.
    if max(map(len, words)) < 4 or any(map(str.isdigit, "".join(words))):
        return []
    ranked: dict[tuple[Kind, int], tuple[float, Hit]] = {}
    halves = tuple(word[: max(2, len(word) // 2)] for word in words)
    for starts in dict.fromkeys((halves, tuple(word[:2] for word in words))):
        wanted = replace(
            question,
            words=starts,
            enough=ALIKE_ENOUGH,
            most=ALIKE_CANDIDATES,
            look=2 * ALIKE_CANDIDATES,
            typed=False,
        )
        for hit in _hits(entries(session, wanted)[0]):
            key = (hit.kind, hit.record_id)
            score = _likeness(words, words_of(f"{hit.title} {hit.subtitle}"))
            if key not in known and score >= ALIKE:
                ranked[key] = (score, hit)
        if ranked:
            break
    ordered = sorted(
        ranked.values(), key=lambda pair: (-pair[0], _title(pair[1]), pair[1].record_id)
    )
    return [hit for _, hit in ordered]


def _likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """How well the worst of `words` is met by one of `others`, which may go on; 0 if not at all."""
    worst = 100.0
    for word in words:
        worst = min(worst, max((_ratio(word, other) for other in others), default=0.0))
        if worst < ALIKE:
            return 0.0
    return worst


@lru_cache(maxsize=16_384)
def _ratio(word: str, other: str) -> float:
    """Candidates share most of their words, so each pair is compared once."""
    return fuzz.ratio(word, other[: len(word) + 1], score_cutoff=ALIKE)
