"""Finding records while somebody types."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import text as sql
from sqlalchemy.orm import Session, scoped_session

from pioneers.search.models import Kind
from pioneers.search.words import scope_words, words_of

AnySession = Session | scoped_session[Session]
MOST_WORDS = 8
LONGEST = 60  # letters of a word that count
CANDIDATES = 200  # as many are ordered; whoever finds more types on
ALIKE_CANDIDATES = 500
ALIKE_ENOUGH = 30
FEW = 3  # fewer hits than this, and typing errors are looked for
ALIKE = 78
LOOK = 1_000  # as many are read before the precise question is asked
READY = 3  # letters of which SQLite's index keeps ready what begins with them
AFTER = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found."""

    kind: Kind
    record_id: int
    title: str
    subtitle: str


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
    words = [word[:LONGEST] for word in words_of(text[:500])][:MOST_WORDS]
    if not words or not kinds:
        return []
    scopes = _scopes(programme_id, kinds)
    most = max(CANDIDATES, limit)
    # An address is typed or pasted whole: its words are looked up, not what they begin.
    found = _search(session, scopes, words, most, whole=True) if "@" in text else []
    found = found or _search(session, scopes, words, most, enough=limit)
    asked = " ".join(words)
    found.sort(key=lambda hit: (not _title(hit).startswith(asked), _title(hit), hit.record_id))
    if len(found) < FEW:
        found += _alike(session, scopes, words, {(hit.kind, hit.record_id) for hit in found})
    return found[:limit]


def _scopes(programme_id: int, kinds: Collection[Kind]) -> list[str]:
    if set(kinds) == set(Kind):
        return [f"p{programme_id}"]
    return [scope_words(programme_id, kind).split()[1] for kind in sorted(set(kinds))]


def _title(hit: Hit) -> str:
    return " ".join(words_of(hit.title))


def _search(
    session: AnySession,
    scopes: Sequence[str],
    words: Sequence[str],
    most: int,
    *,
    whole: bool = False,
    enough: int | None = None,
) -> list[Hit]:
    """At most `most` entries, in no order; the words hold letters and digits only.

    With `enough` of them SQLite need not look for more.
    """
    if session.get_bind().dialect.name == "sqlite":
        return _search_sqlite(session, scopes, words, most, whole=whole, enough=enough or most)
    scope = " | ".join(f"'{word}'" for word in scopes)
    end = "" if whole else ":*"
    asked = " & ".join([f"({scope})", *(f"'{word}'{end}" for word in words)])
    rows = session.execute(_POSTGRESQL, {"asked": asked, "most": most})
    return [_hit(row) for row in rows]


_COLUMNS = "SELECT kind, record_id, title, subtitle, text FROM search_entry WHERE"
_POSTGRESQL = sql(
    f"{_COLUMNS} to_tsvector('simple', text) @@ to_tsquery('simple', :asked) LIMIT :most"
)
_SQLITE = sql(
    f"{_COLUMNS} id IN"  # noqa: S608 - own texts
    " (SELECT rowid FROM search_index WHERE search_index MATCH :asked LIMIT :most)"
)


def _hit(row: Any) -> Hit:
    return Hit(Kind(row[0]), row[1], row[2], row[3])


def _search_sqlite(
    session: AnySession,
    scopes: Sequence[str],
    words: Sequence[str],
    most: int,
    *,
    whole: bool,
    enough: int,
) -> list[Hit]:
    """Ask from the cheapest to the most precise question, until one answers.

    What begins with three letters the index has ready; of a longer beginning, and of the rows of a
    programme, it merges all lists before it gives the first row. So: rows by three letters, looked
    through here; then by the words; then by the words within the programme.
    """
    wanted = frozenset(scopes)

    def ask(asked: str, limit: int) -> tuple[list[Any], bool]:
        rows = session.execute(_SQLITE, {"asked": asked, "most": limit}).all()
        mine = [row for row in rows if not wanted.isdisjoint(row[4].split(" ", 2)[:2])]
        return mine, len(rows) < limit

    if not whole:
        rows, is_all = ask(" AND ".join(_beginning(word[:READY]) for word in words), LOOK)
        found = [row for row in rows if all(f" {word}" in row[4] for word in words)]
        if is_all or len(found) >= enough:
            return [_hit(row) for row in found[:most]]
    terms = " AND ".join(f'"{word}"' if whole else _beginning(word) for word in words)
    found, is_all = ask(terms, LOOK)
    if not is_all and len(found) < most:
        scope = " OR ".join(f'"{word}"' for word in scopes)
        found, _ = ask(f"({scope}) AND {terms}", most)
    return [_hit(row) for row in found[:most]]


def _beginning(word: str) -> str:
    """SQLite's term for words that begin with `word`.

    Its index keeps what begins with two and with three letters ready; what begins with one letter
    it would have to merge out of a million rows first, so that is asked two letters at a time.
    """
    if len(word) > 1 or not word.isascii():
        return f'"{word}"*'
    return "(" + " OR ".join([f'"{word}"', *(f'"{word}{after}"*' for after in AFTER)]) + ")"


def _alike(
    session: AnySession,
    scopes: Sequence[str],
    words: Sequence[str],
    known: set[tuple[Kind, int]],
) -> list[Hit]:
    """Entries of which every word is almost one that was asked for, the likest first."""
    # A number or address identifies: one that is almost it is another's.
    if max(map(len, words)) < 4 or any(map(str.isdigit, "".join(words))):
        return []
    ranked: dict[tuple[Kind, int], tuple[float, Hit]] = {}
    for share in (0.5, 0.0):
        starts = [word[: max(2, int(len(word) * share))] for word in words]
        for hit in _search(session, scopes, starts, ALIKE_CANDIDATES, enough=ALIKE_ENOUGH):
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
    """How well the worst of `words` is met by one of `others`, which may go on."""
    return min(
        max((fuzz.ratio(word, other[: len(word) + 1]) for other in others), default=0.0)
        for word in words
    )
