"""Keeping the words of what is on the site, and finding items by them."""

from collections import defaultdict
from collections.abc import Collection

from rapidfuzz import fuzz
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.knowledge.models import KnowledgeGram, KnowledgeItem, KnowledgeWord
from pioneers.knowledge.terms import all_grams, grams, inner, stem, weights, words_asked
from pioneers.markup.rendering import to_text
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
Word, Gram = KnowledgeWord, KnowledgeGram
MOST_WORDS = 8
PART = 4  # letters of the shortest word that is looked for inside others
ALIKE = 78  # of 100
NEAR_BEST = 8  # guesses that are this much worse than the best one are none
BEGINS, HOLDS, PIECE = 0.7, 0.5, 0.3  # beside 1 for the word itself


def index_item(session: AnySession, item: KnowledgeItem) -> None:
    """Let an item be found by its present words, or not at all when it is not on the site."""
    wanted = _words_of(item) if item.published_at is not None else {}
    rows = session.execute(select(Word.word, Word.weight).where(Word.item_id == item.id))
    present = {row.word: row.weight for row in rows}
    if wanted == present:
        return
    # One at a time in a programme, so that no word loses its pieces to somebody else's change.
    session.execute(
        select(Programme.id)
        .where(Programme.id == item.programme_id)
        .with_for_update(key_share=True)
    )
    gone = {word for word, weight in present.items() if wanted.get(word) != weight}
    session.execute(delete(Word).where(Word.item_id == item.id, Word.word.in_(gone)))
    _forget(session, item.programme_id, gone - wanted.keys())
    added = {word: weight for word, weight in wanted.items() if present.get(word) != weight}
    _learn(session, item.programme_id, added.keys() - present.keys())
    if added:
        owner = {"item_id": item.id, "programme_id": item.programme_id}
        session.execute(
            insert(Word), [owner | {"word": w, "weight": n} for w, n in sorted(added.items())]
        )


def scores(session: AnySession, programme_id: int, text: str) -> dict[int, float]:
    """Items by how well they answer the words of `text`: all of the words, or as many as any has.

    A word is met by its inflections, by words that begin with it or hold it, and otherwise by what
    a typing error explains or by the parts of a compound. Operators are no words.
    """
    asked = [
        _candidates(session, programme_id, word) for word in words_asked(text, most=MOST_WORDS)
    ]
    wanted = set().union(*asked)
    rows = session.execute(
        select(Word.item_id, Word.word, Word.weight).where(
            Word.programme_id == programme_id, Word.word.in_(wanted)
        )
    )
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for item_id, word, weight in rows:
        held[item_id].append((word, weight))
    met: dict[int, list[float]] = {}
    for item_id, words in held.items():
        best = (max(one.get(w, 0.0) * weight for w, weight in words) for one in asked)
        met[item_id] = [score for score in best if score]
    most = max(map(len, met.values()), default=0)
    return {item_id: sum(found) for item_id, found in met.items() if len(found) == most}


def _words_of(item: KnowledgeItem) -> dict[str, int]:
    return weights(
        title=item.title,
        summary=item.summary,
        name=item.company_name,
        body=to_text(item.body),
        language=item.language,
    )


def _known(session: AnySession, programme_id: int, words: Collection[str]) -> set[str]:
    """Those of `words` that some item of the programme holds."""
    query = select(Word.word).where(Word.programme_id == programme_id, Word.word.in_(words))
    return set(session.scalars(query.distinct()))


def _forget(session: AnySession, programme_id: int, words: set[str]) -> None:
    """Keep no pieces of words that no item holds any more."""
    orphans = words - _known(session, programme_id, words)
    session.execute(delete(Gram).where(Gram.programme_id == programme_id, Gram.word.in_(orphans)))


def _learn(session: AnySession, programme_id: int, words: set[str]) -> None:
    """Keep the pieces of words that no item held before."""
    new = words - _known(session, programme_id, words)
    rows = [
        {"programme_id": programme_id, "word": word, "gram": gram}
        for word in sorted(new)
        for gram in sorted(grams(word))
    ]
    if rows:
        session.execute(insert(Gram), rows)


def _candidates(session: AnySession, programme_id: int, word: str) -> dict[str, float]:
    """The words of the programme that meet a word of the question, each with how well."""
    stems = {stem(word, "nl"), stem(word, "en")}
    found = dict.fromkeys(_known(session, programme_id, stems), 1.0)
    for root in stems:
        for other in _holding(session, programme_id, root):
            better = BEGINS if other.startswith(root) else HOLDS
            found[other] = max(found.get(other, 0.0), better)
    return found or _guesses(session, programme_id, word, stems)


def _holding(session: AnySession, programme_id: int, root: str) -> list[str]:
    """Words that begin with `root` or, where it is long enough, hold it."""
    if len(root) < 2:
        return []
    is_part = len(root) >= PART
    pieces = inner(root) if is_part else inner(f" {root}")
    near = _sharing(session, programme_id, pieces, len(pieces))
    return [one for one in near if (root in one if is_part else one.startswith(root))]


def _guesses(
    session: AnySession, programme_id: int, word: str, stems: set[str]
) -> dict[str, float]:
    """What was meant by a word that nothing holds: the likest words, and its own parts."""
    if len(word) < PART or any(map(str.isdigit, word)):
        return {}
    near = _sharing(session, programme_id, all_grams(stems), 2 if len(word) > 7 else 1)
    alike = {other: max(_likeness(one, other) for one in (word, *stems)) for other in near}
    best = max(alike.values(), default=0.0)
    found = {other: PIECE for other in near if len(other) >= PART and other in word}
    for other, likeness in alike.items():
        if likeness >= max(ALIKE, best - NEAR_BEST):
            found[other] = max(found.get(other, 0.0), HOLDS * likeness / 100)
    return found


def _likeness(word: str, other: str) -> float:
    """How much the words are alike; the other may go on."""
    ahead = fuzz.ratio(word, other[: len(word) + 1], score_cutoff=ALIKE)
    return max(ahead, fuzz.ratio(word, other, score_cutoff=ALIKE))


def _sharing(
    session: AnySession, programme_id: int, pieces: Collection[str], least: int
) -> list[str]:
    """Words of the programme with at least so many of the pieces; in no order."""
    return list(
        session.scalars(
            select(Gram.word)
            .where(Gram.programme_id == programme_id, Gram.gram.in_(sorted(pieces)))
            .group_by(Gram.word)
            .having(func.count() >= least)
        )
    )
