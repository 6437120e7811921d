"""Words of items, brought back to what a question shares with them: no accents, no inflection.

All of it is computed here, so that every database finds the same.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

import snowballstemmer

from pioneers.search.words import folded_words

LONGEST = 40  # letters of a word that count
GRAM = 3
TITLE, SUMMARY, NAME, OFTEN = 8, 4, 6, 3  # what a word weighs by where it stands
_STEMMERS = {"nl": snowballstemmer.stemmer("dutch"), "en": snowballstemmer.stemmer("english")}
_STEMMING = Lock()  # a stemmer keeps the word that it works on
_HARD = str.maketrans({"v": "f", "z": "s"})
# Words that say nothing about what somebody looks for, as they are folded.
_COMMON = (
    "aan als bij dan dat de den der die dit door een en er haar heb heeft het hij hoe hun ik in is"
    " je kan kunnen maar me met mijn moet na naar niet nog nu of om onder ons onze ook op over te"
    " tot u uit uw van veel voor waar wat we wel welke wie wij wil wilt worden wordt ze zich zij"
    " zijn zo a an and are for how i it my of on or our the to what with you your"
)
COMMON = frozenset(_COMMON.split())


@lru_cache(maxsize=16_384)
def stem(word: str, language: str) -> str:
    """A folded word without its inflection; a Dutch one ends as its singular does."""
    with _STEMMING:
        found: str = _STEMMERS["en" if language == "en" else "nl"].stemWord(word)
    if language != "en" and len(found) > GRAM:
        found = found[:-1] + found[-1].translate(_HARD)
    return found


def words_asked(text: str, *, most: int) -> list[str]:
    """The different words of a question that say something; of common words only, all of them."""
    words = list(dict.fromkeys(word[:LONGEST] for word in folded_words(text[:500])))
    return ([word for word in words if word not in COMMON] or words)[:most]


def weights(*, title: str, summary: str, name: str, body: str, language: str) -> dict[str, int]:
    """Every word of an item, with how much it says about the item."""
    found: Counter[str] = Counter()
    for text, weight in ((title, TITLE), (summary, SUMMARY), (name, NAME)):
        for word in set(_stems(text, language)):
            found[word] += weight
    for word, times in Counter(_stems(body, language)).items():
        found[word] += min(times, OFTEN)
    return dict(found)


def _stems(text: str, language: str) -> list[str]:
    return [stem(word[:LONGEST], language) for word in folded_words(text)]


def inner(word: str) -> set[str]:
    """The pieces of three letters inside a word."""
    return {word[at : at + GRAM] for at in range(len(word) - GRAM + 1)}


def grams(word: str) -> set[str]:
    """The same, with where the word begins and ends."""
    return inner(f" {word} ")


def all_grams(words: Iterable[str]) -> set[str]:
    """The pieces of several words."""
    return set().union(*map(grams, words))
