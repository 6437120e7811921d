"""When two companies, or two people, are the same: pure rules on what a row says."""

import enum
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pioneers.companies.names import REMEMBERED, Named, PersonName, fold
from pioneers.companies.rules import DoubtReason, Subject

ALIKE = 80  # two words that score less are different words
ALIKE_NAMES = 88  # the same for whole names of unequal length
ALIKE_FAMILY = 84
SHORT = 4  # a word shorter than this has no room for a typing error


@dataclass(frozen=True, slots=True)
class Claim:
    """What one row says about a company and a person, already cleaned; None where it says nothing.

    `email` in lower case, `phone` E.164 where it is valid, `web_domain` only if the row names one.
    `is_unproven` is what anybody may type into a public form: it is recognised, but it adds nothing
    to what is known already, or a stranger could give somebody another address.
    """

    company_name: str | None = None
    kvk_number: str | None = None
    establishment_number: str | None = None
    web_domain: str | None = None
    postcode: str | None = None
    place: str | None = None
    employees: int | None = None
    sector_code: str | None = None
    name: PersonName | None = None
    email: str | None = None
    phone: str | None = None
    function: str = ""
    is_unproven: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person chose for a doubtful row: the record it is, or None when it is another one."""

    subject: Subject
    same_as: int | None


@dataclass(frozen=True, slots=True)
class DoubtFound:
    """Two records that may be one. `other_is_new`: the other one came with the same rows."""

    subject: Subject
    record_id: int
    other_id: int
    reason: DoubtReason
    score: int
    other_is_new: bool = False


class Certainty(enum.StrEnum):
    """What became of a row: nobody knew it, it is known for sure, or a person must look."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a claim turned out to be.

    `why` says how the person is known (else the company), `company_why` how the company is: email,
    name_company, kvk, domain, name_postcode, person, identical, chosen; '' when it is new.
    """

    person_id: int | None
    company_id: int | None
    made_person: bool
    made_company: bool
    certainty: Certainty
    why: str = ""
    doubts: tuple[DoubtFound, ...] = ()
    company_why: str = ""


class Keyed(Protocol):
    """What tells companies apart."""

    @property
    def kvk_number(self) -> str | None: ...
    @property
    def web_domain(self) -> str | None: ...
    @property
    def postcode(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def other_number(one: Keyed, other: Keyed) -> bool:
    """Whether both have a KVK number, and not the same: then they are two undertakings."""
    return _differ(one.kvk_number, other.kvk_number)


def places_differ(one: Keyed, other: Keyed) -> bool:
    """Whether both name a place, and not the same."""
    if not one.place or not other.place:
        return False
    return fold(one.place) != fold(other.place)


def apart(one: Keyed, other: Keyed) -> bool:
    """Whether two companies of one name are surely two: by number, own domain, or place."""
    if other_number(one, other) or _differ(one.web_domain, other.web_domain):
        return True
    return _differ(one.postcode, other.postcode) and places_differ(one, other)


@lru_cache(maxsize=REMEMBERED)
def likeness(key: str, other: str) -> int:
    """How alike two name keys are, 0 to 100; 0 for names that no typing error explains.

    Words may change places, lose a letter, or be cut short (bouw, bouwbedrijf). Numbers must agree.
    """
    if key == other:
        return 100
    words, others = sorted(key.split()), sorted(other.split())
    if [word for word in words if not word.isalpha()] != [
        word for word in others if not word.isalpha()
    ]:
        return 0
    if len(words) != len(others):
        score = int(fuzz.ratio(" ".join(words), " ".join(others)))
        joined = int(fuzz.ratio(key.replace(" ", ""), other.replace(" ", "")))
        best = min(99, max(score, joined))
        return best if best >= ALIKE_NAMES else 0
    scores = [_word_likeness(*pair) for pair in zip(words, others, strict=True)]
    return 0 if min(scores) < ALIKE else min(99, sum(scores) // len(scores))


def _word_likeness(word: str, other: str) -> int:
    if word == other:
        return 100
    short = min(len(word), len(other))
    if short < SHORT:
        return 0
    if word.startswith(other) or other.startswith(word):
        return max(85, int(fuzz.ratio(word, other)))
    return int(fuzz.ratio(word, other))


class Match(enum.IntEnum):
    """How two names of people stand to each other."""

    DIFFERENT = 0
    ALIKE = 1  # a typing error further, or another infix
    COMPATIBLE = 2  # one says less than the other: M. Koster, Marieke Koster
    NEAR = 3  # one letter wrong
    EQUAL = 4


# Within this module by plain names: reaching into an enumeration takes longer than comparing.
_DIFFERENT, _ALIKE, _COMPATIBLE, _NEAR, _EQUAL = Match


@lru_cache(maxsize=REMEMBERED)
def _letters(text: str) -> str:
    folded = fold(text)
    return folded if folded.isalnum() else re.sub(r"[\W_]+", "", folded)


@lru_cache(maxsize=REMEMBERED)
def infix_key(infix: str) -> str:
    """An infix for comparing: folded, without dots; every 'v.d.' is one."""
    words = re.sub(r"[^a-z ]+", " ", fold(infix)).split()
    text = " ".join(words)
    return "v d" if re.fullmatch(r"(v|van) ?d(e|er|en)?", text) else text


def _infixes(one: Named, other: Named) -> Match:
    first, second = infix_key(one.infix), infix_key(other.infix)
    if first == second:
        short = "v d" in (first, second) and fold(one.infix) != fold(other.infix)
        return _EQUAL if not short or _is_short(one) or _is_short(other) else _ALIKE
    return _COMPATIBLE if not first or not second else _ALIKE


def _is_short(name: Named) -> bool:
    return "van" not in fold(name.infix)


def _families(one: Named, other: Named) -> Match:
    first, second = _letters(one.family_name), _letters(other.family_name)
    if first == second:
        return _infixes(one, other)
    if _letters(one.infix) + first == _letters(other.infix) + second:
        return _EQUAL
    if min(len(first), len(second)) > SHORT and OSA.distance(first, second) == 1:
        return min(_NEAR, _infixes(one, other))
    if _is_part(fold(one.family_name), fold(other.family_name)):
        return _COMPATIBLE
    alike = min(len(first), len(second)) > SHORT and fuzz.ratio(first, second) >= ALIKE_FAMILY
    return _ALIKE if alike else _DIFFERENT


def _is_part(family: str, other: str) -> bool:
    """Whether one is the other with more words: Jansen, Jansen-de Vries."""
    if family.isalpha() and other.isalpha():
        return False
    parts, others = set(re.split(r"\W+", family)), set(re.split(r"\W+", other))
    return (parts < others or others < parts) and bool(parts & others)


def _given(one: Named, other: Named) -> Match:
    first, second = _letters(one.first_name), _letters(other.first_name)
    initials, others = _letters(one.initials), _letters(other.initials)
    if first and second:
        return _first_names(one, other, first, second)
    if (first or initials) and (second or others):
        if not first and not second and initials == others:
            return _EQUAL
        letters, more = initials or first[:1], others or second[:1]
        fits = letters.startswith(more) or more.startswith(letters)
        fits = fits or (first or initials)[:1] == (second or others)[:1]
        return _COMPATIBLE if fits else _DIFFERENT
    return _COMPATIBLE if first or second or initials or others else _EQUAL


def _first_names(one: Named, other: Named, first: str, second: str) -> Match:
    if first == second:
        return _EQUAL
    words, others = fold(one.first_name).split(), fold(other.first_name).split()
    if words[: len(others)] == others or others[: len(words)] == words:
        return _COMPATIBLE
    if min(len(first), len(second)) >= SHORT and OSA.distance(first, second) == 1:
        return _ALIKE if first[:1] != second[:1] else _NEAR
    return _DIFFERENT


def compare(one: Named, other: Named) -> Match:
    """How the names of two people stand to each other; the weakest part decides."""
    families = _families(one, other)
    if families == _DIFFERENT:
        return families
    given = _given(one, other)
    if families == given == _NEAR:
        return _ALIKE
    return min(families, given)


def same_first_name(one: Named, other: Named) -> bool:
    """Whether both have a first name and it is the same: who married keeps that."""
    first = _letters(one.first_name)
    return bool(first) and first == _letters(other.first_name)
