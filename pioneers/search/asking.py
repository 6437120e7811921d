"""Asking the index of either database: from the cheapest question to the most precise one.

Both indexes give the rows of a whole word at once, and keep ready what begins with two and with
three letters (SQLite's `prefix`, PostgreSQL's function `search_words`). Of a longer beginning both
merge the rows of all words that have it before they give the first one. So every question is asked
within bounds, and what it gives is looked through for the words as they were typed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import TextClause, bindparam
from sqlalchemy import text as sql
from sqlalchemy.orm import Session, scoped_session

from pioneers.search.models import Kind
from pioneers.search.words import scope_words

AnySession = Session | scoped_session[Session]
READY = 3  # letters of which the indexes keep ready what begins with them
FAR = 50_000  # rows that the last question may give: all, but for words that say nothing
NEWEST = 2_000  # rows of the programme that PostgreSQL reads before it asks its index
NEWEST_OF_KIND = 4_000  # rows of one kind in which a list first looks for words that are common
DENSE = 60  # whoever wants more than this needs the index anyway
RARE = 100  # a word that one in so many rows holds, or fewer, is quick to ask for as it is
AFTER = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted: entries of a programme in which every word begins a word.

    `enough` entries are a good answer, `most` end it; one question to the index may give `look`
    rows to look through. `whole` asks for the words themselves. `typed` are the words of a person,
    who has mostly finished those before the last one; others are beginnings.
    """

    programme_id: int
    kinds: frozenset[Kind]
    words: tuple[str, ...]
    enough: int
    most: int
    look: int
    whole: bool = False
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Looked:
    """What one question gave: the rows that hold every word, of `looks` that were looked through.

    `holding` says for each word how many of these hold it.
    """

    found: list[Any]
    looks: int
    holding: Sequence[int]
    is_all: bool  # nothing else holds these words: the rows were fewer than were asked for


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an index is asked: its terms, and the statement's own parts."""

    whole: str
    begins: str
    ready: str  # a beginning of two or three letters
    both: str
    either: str
    position: str
    rows: str


_SQLITE = Dialect(
    whole='"{}"',
    begins='"{}"*',
    ready='"{}"*',
    both=" AND ",
    either=" OR ",
    position="instr",
    rows="id IN (SELECT rowid FROM search_index WHERE search_index MATCH :asked LIMIT :look)",
)
_POSTGRESQL = Dialect(
    whole="'{}'",
    begins="'{}':*",
    ready="'{}*'",
    both=" & ",
    either=" | ",
    position="strpos",
    rows="search_words(text) @@ CAST(:asked AS tsquery) LIMIT :look",
)
_NEWEST = replace(_POSTGRESQL, rows="programme_id = :programme_id ORDER BY id DESC LIMIT :look")
_COLUMNS = "kind, record_id, title, subtitle"


def entries(session: AnySession, question: Question) -> tuple[list[Any], bool]:
    """Rows of kind, record, title and subtitle that answer `question`; whether these are all."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    dialect = _POSTGRESQL if postgresql else _SQLITE
    newest = None
    if postgresql and _is_in_newest(question):
        newest = _look_through(session, _NEWEST, question, "", NEWEST)
        if len(newest.found) >= question.enough or newest.looks < NEWEST:
            return newest.found, newest.is_all
    for asked in _guesses(dialect, question):
        looked = _look_through(session, dialect, question, asked, question.look)
        if len(looked.found) >= question.enough:
            return looked.found, False  # of whole words; others begin with them
    looked = _by_words(session, dialect, question, newest)
    return looked.found, looked.is_all


def newest_of_kind(session: AnySession, question: Question) -> list[int]:
    """Records among the newest of the kind that hold every word, when they are enough.

    For PostgreSQL, which reads its index to the end before it gives a row. The look ends as soon
    as there are enough. SQLite's index does that by itself.
    """
    if session.get_bind().dialect.name != "postgresql" or question.whole:
        return []
    holds = tuple(_holds(_POSTGRESQL, question, place) for place in range(len(question.words)))
    values = _values(question) | {"kind": min(question.kinds).value, "look": NEWEST_OF_KIND}
    values["most"] = question.enough
    found = list(session.execute(_newest_of_kind(holds), values).scalars())
    return found if len(found) == question.enough else []


@lru_cache(maxsize=64)
def _newest_of_kind(holds: tuple[str, ...]) -> TextClause:
    # The look is within the kind, not the programme: that has no index with the kind.
    return sql(
        "SELECT record_id FROM (SELECT programme_id, record_id, text FROM search_entry"  # noqa: S608 - own texts
        " WHERE kind = :kind ORDER BY record_id DESC LIMIT :look) AS looked"
        f" WHERE programme_id = :programme_id AND {' AND '.join(holds)} LIMIT :most"
    )


def _is_in_newest(question: Question) -> bool:
    """Whether to look through the newest rows of the programme before PostgreSQL's index.

    It reads its index to the end before it gives a row. Of what is common enough to take long
    there, the newest rows hold enough; of two beginnings at once rather few.
    """
    if question.whole or question.enough > DENSE:
        return False
    return question.typed or len(question.words) == 1


def _guesses(dialect: Dialect, question: Question) -> Iterator[str]:
    """Questions after whole words: who types a second one has mostly finished the first."""
    words = question.words
    if question.typed and not question.whole and len(words) > 1:
        yield _all(dialect, dialect.whole.format, words)
        first = _all(dialect, dialect.whole.format, words[:-1])
        last = words[-1][:READY]
        yield first + dialect.both + _begins(dialect, last) if len(last) > 1 else first


def _by_words(
    session: AnySession, dialect: Dialect, question: Question, newest: Looked | None
) -> Looked:
    """What is found without a guess."""
    terms = _first_terms(question, newest)
    while True:
        asked = _question(dialect, question, terms)
        looked = _look_through(session, dialect, question, asked, question.look)
        if len(looked.found) >= question.enough or looked.looks < question.look:
            return looked
        narrower = _narrower(question, terms, looked)
        if narrower == terms:
            break
        terms = narrower
    # Left out so far: of rows of all programmes these would be as many as there are.
    asked = _scope(dialect, question) + dialect.both + asked
    return _look_through(session, dialect, question, asked, max(FAR, question.look))


def _first_terms(question: Question, newest: Looked | None) -> list[str]:
    """Beginnings that the index has ready, and words known to be rare as they were typed.

    Nearly every entry has a word with any one letter, so beside others that is left out.
    """
    words = question.words
    if question.whole:
        return list(words)
    shortest = 2 if max(map(len, words)) > 1 else 1
    terms = [word[:READY] if len(word) >= shortest else "" for word in words]
    if newest is None:
        return terms
    return [
        word if RARE * holding <= newest.looks else term
        for word, term, holding in zip(words, terms, newest.holding, strict=True)
    ]


def _narrower(question: Question, terms: Sequence[str], looked: Looked) -> list[str]:
    """The terms, with those words in full that most of the rows do not hold.

    Where most rows hold the word, a longer beginning would be slow and narrow down nothing.
    """
    return [
        word if 2 * holding <= looked.looks else term
        for word, term, holding in zip(question.words, terms, looked.holding, strict=True)
    ]


def _question(dialect: Dialect, question: Question, terms: Sequence[str]) -> str:
    term = dialect.whole.format if question.whole else partial(_begins, dialect)
    return _all(dialect, term, [one for one in terms if one])


def _scope(dialect: Dialect, question: Question) -> str:
    scopes = [scope_words(question.programme_id, kind).split()[1] for kind in question.kinds]
    if question.kinds == frozenset(Kind):
        scopes = [f"p{question.programme_id}"]
    return f"({dialect.either.join(map(dialect.whole.format, sorted(scopes)))})"


def _all(dialect: Dialect, term: Callable[[str], str], words: Sequence[str]) -> str:
    return dialect.both.join(map(term, words))


def _begins(dialect: Dialect, word: str) -> str:
    """The term for words that begin with `word`.

    What begins with one letter is asked two letters at a time, which the index keeps ready. A "p"
    is not asked with digits: these are the programmes by which every entry is found.
    """
    if len(word) > 1:
        return (dialect.begins if len(word) > READY else dialect.ready).format(word)
    after = AFTER[:26] if word == "p" else AFTER
    terms = [dialect.whole.format(word)]
    if word.isascii():
        terms += [dialect.ready.format(word + letter) for letter in after]
    else:
        terms.append(dialect.begins.format(word))
    return f"({dialect.either.join(terms)})"


def _values(question: Question) -> dict[str, Any]:
    """What a statement is given; a title begins `behind` letters and the kind's after the start."""
    return {
        "programme_id": question.programme_id,
        "kinds": sorted(kind.value for kind in question.kinds),
        "most": question.most,
        "begin": f" {' '.join(question.words)}",
        "behind": 2 * len(f"p{question.programme_id}") + 2,
        **{f"word{place}": f" {word}" for place, word in enumerate(question.words)},
    }


def _holds(dialect: Dialect, question: Question, place: int) -> str:
    """The condition that a row's text holds a word; the two words of the scope do not count."""
    word, scope = question.words[place], f"p{question.programme_id}"
    text = "text"
    if any(f"{scope}{kind.value}".startswith(word) for kind in Kind):
        text = f"substr(text, {len(scope) + 2})"  # costs more than looking for the word
    return f"{dialect.position}({text}, :word{place}) > 0"


def _statement(dialect: Dialect, question: Question) -> TextClause:
    """Rows of the index that hold all words, each beside how many rows held which word.

    Those whose title begins with the words are among the first, whatever is left out.
    """
    places = range(len(question.words))
    holds = tuple(_holds(dialect, question, place) for place in places)
    return _built(dialect.rows, holds, f"{dialect.position}(text, :begin)")


@lru_cache(maxsize=256)
def _built(rows: str, holds: tuple[str, ...], begin: str) -> TextClause:
    counts = ", ".join(f"count(*) FILTER (WHERE {one}) AS holds{n}" for n, one in enumerate(holds))
    return sql(
        f"WITH looked AS MATERIALIZED (SELECT programme_id, text, {_COLUMNS}"  # noqa: S608 - own texts
        f" FROM search_entry WHERE {rows})"
        f" SELECT {_COLUMNS}, counted.* FROM (SELECT count(*) AS looks, {counts} FROM looked)"
        f" AS counted LEFT JOIN (SELECT {_COLUMNS} FROM looked WHERE programme_id = :programme_id"
        f" AND kind IN :kinds AND {' AND '.join(holds)}"
        f" ORDER BY CASE WHEN {begin} = :behind + length(kind) THEN 0 ELSE 1 END LIMIT :most)"
        " AS mine ON 1 = 1"
    ).bindparams(bindparam("kinds", expanding=True))


def _look_through(
    session: AnySession, dialect: Dialect, question: Question, asked: str, look: int
) -> Looked:
    """What `look` rows hold that the index gives for `asked`."""
    statement = _statement(dialect, question)
    values = _values(question) | {"look": look}
    if asked:
        values["asked"] = asked
    rows = session.execute(statement, values).all()
    looks, *holding = rows[0][4:]
    found = [row for row in rows if row[0] is not None]
    return Looked(found, looks, holding, looks < look and len(found) < question.most)
