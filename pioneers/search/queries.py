"""Finding records while somebody types."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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
FEW = 3  # fewer hits than this, and typing errors are looked for
ALIKE = 78

_MATCHES = {
    "sqlite": "id IN (SELECT rowid FROM search_index WHERE search_index MATCH :asked LIMIT :most)",
    "postgresql": "to_tsvector('simple', text) @@ to_tsquery('simple', :asked)",
}


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
    found = _search(session, scopes, words, most)
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
    session: AnySession, scopes: Sequence[str], words: Sequence[str], most: int
) -> list[Hit]:
    """At most `most` entries, in no order; the words hold letters and digits only."""
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        scope = " | ".join(f"'{word}'" for word in scopes)
        asked = " & ".join([f"({scope})", *(f"'{word}':*" for word in words)])
    else:
        scope = " OR ".join(f'"{word}"' for word in scopes)
        asked = " AND ".join([f"({scope})", *(f'"{word}"*' for word in words)])
    statement = sql(
        f"SELECT kind, record_id, title, subtitle FROM search_entry"  # noqa: S608 - own texts
        f" WHERE {_MATCHES[dialect]} LIMIT :most"
    )
    rows = session.execute(statement, {"asked": asked, "most": most})
    return [Hit(Kind(row[0]), row[1], row[2], row[3]) for row in rows]


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
        for hit in _search(session, scopes, starts, ALIKE_CANDIDATES):
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
