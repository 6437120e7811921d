"""Names of companies and people: folding, keys to compare by, and Dutch names in their parts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol


def words(text: str) -> frozenset[str]:
    """The words of `text` as a set: how lists of words are written here."""
    return frozenset(text.split())


REMEMBERED = 4_096  # texts of which each cache knows the answer: names come back within a list

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "–": "-",
        "—": "-",
    }
)

# What a company is, in law: it comes and goes on lists, and does not tell two companies apart.
LEGAL_FORMS = words(
    "bv nv vof cv ua wa ba ltd limited gmbh inc llc plc ag kg sarl sprl bvba srl"
    " eenmanszaak maatschap io besloten vennootschap"
)
# What a name can lose on a list, but what can also be another company of the same family.
LOOSE_WORDS = words(
    "groep group holding beheer stichting cooperatie vereniging firma fa zn zonen zoon zoons"
    " dochter dochters"
)
_FIRST_FORMS = frozenset({"bv", "nv", "vof", "maatschap", "eenmanszaak"})
_SMALL_WORDS = frozenset({"en", "de", "het", "the", "and", "van", "der", "den", "t"})


@lru_cache(maxsize=2 * REMEMBERED)
def fold(text: str) -> str:
    """Lower case, without accents, with single spaces: what texts are compared by."""
    lowered = text.lower().translate(_LETTERS)
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(lowered.split())


_SPELT = re.compile(r"\b[a-z]\.(?:\s?[a-z]\b\.?)+")
_BETWEEN = re.compile(r"[^\w]+|_")


def _company_words(name: str) -> list[str]:
    """The folded words of a company's name; b.v. and b. v. are one word, & is 'en'."""
    text = fold(name).replace("&", " en ").replace("+", " en ").replace("'", "")
    if text.endswith(" b.v.") and "." not in text[:-5]:  # by far the most frequent
        text = text[:-5] + " bv"
    elif "." in text:
        text = _SPELT.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    words = _BETWEEN.sub(" ", text).split()
    return ["zn" if word == "zoon" else word for word in words]


def _without(words: list[str], ends: frozenset[str], starts: frozenset[str]) -> list[str]:
    """`words` without those of `ends` at the end and of `starts` at the start."""
    first, last = 0, len(words)
    while last > first and (words[last - 1] in ends or (words[last - 1] == "en" and last > 1)):
        last -= 1
    while first < last and words[first] in starts:
        first += 1
    return words[first:last]


@lru_cache(maxsize=REMEMBERED)
def company_strict_key(name: str) -> str:
    """The name without its legal form: equal for what is surely written as the same name."""
    words = _company_words(name)
    kept = _without(words, LEGAL_FORMS, _FIRST_FORMS)
    return " ".join(kept or words)[:200] or fold(name)[:200]


@lru_cache(maxsize=REMEMBERED)
def company_key(name: str) -> str:
    """The name without legal form, '& Zn.', 'Groep' and the like: equal keys may be one company."""
    words = company_strict_key(name).split()
    kept = _without(words, LOOSE_WORDS | LEGAL_FORMS, LOOSE_WORDS | _FIRST_FORMS)
    return " ".join(kept or words)[:200]


@lru_cache(maxsize=REMEMBERED)
def company_block(name: str) -> str:
    """Equal for names that are worth comparing, whatever the order of their words.

    The first three letters of each word; a word with a figure in it counts whole, because numbers
    tell names apart.
    """
    words = [word for word in company_key(name).split() if word not in _SMALL_WORDS]
    starts = [word if any(map(str.isdigit, word)) else word[:3] for word in words]
    return "-".join(sorted(starts))[:40] or company_key(name)[:40]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in Dutch parts: 'M.' or 'Marieke', 'van der', 'Koster'."""

    first_name: str = ""
    initials: str = ""
    infix: str = ""
    family_name: str = ""


_QUOTES = {ord(mark): "'" for mark in "’‘`´"}


class Named(Protocol):
    """Whatever carries the parts of a name."""

    @property
    def first_name(self) -> str: ...
    @property
    def initials(self) -> str: ...
    @property
    def infix(self) -> str: ...
    @property
    def family_name(self) -> str: ...


INFIX_WORDS = words(
    "van der den de het ten ter te 't in op aan uit bij onder over voor von zu zum zur vom du des"
    " della da di do dos la le el al af v.d. v.d vd v/d v. v d. 's tot onder uijt uyt"
)
_SHORT_INFIXES = frozenset({"v.d.", "v.d", "vd", "v/d", "v.", "v", "d"})
_TITLES = words(
    "dhr de-heer heer mevr mevrouw mw mej hr ir ing drs dr mr mrs ms prof ds jhr jkvr lic"
    " dhr/mevr msc bsc mba ma ba rc ra phd"
)
_LATER_TITLES = words("msc bsc mba rc ra phd ma ba llm")
_APART = INFIX_WORDS | _TITLES | _LATER_TITLES
_INITIALS = re.compile(r"(?:[^\W\d_]{1,4}\.-?)+[^\W\d_]?")


def _is_infix(word: str) -> bool:
    """'van', 'De', 'v.d.'; a short form in capitals (V., V.D.) is initials."""
    folded = fold(word)
    return folded in INFIX_WORDS and (folded not in _SHORT_INFIXES or word.islower())


def _is_title(word: str) -> bool:
    return fold(word).replace(".", "") in _TITLES and not re.fullmatch(r"(?:\w\.){2,}", word)


def _is_initials(word: str, *, caps: bool) -> bool:
    """'M.', 'J.P.', 'Th.', 'M', 'JP'; in a text of capitals only, two letters are a name."""
    if _INITIALS.fullmatch(word) and not _is_infix(word):
        return True
    return len(word) == 1 or (len(word) <= 3 and word.isupper() and word.isalpha() and not caps)


def _dotted(word: str) -> str:
    """Initials as they are written: 'JP' and 'J.P' are 'J.P.'; 'Th.' stays."""
    if "." in word:
        word = word if word.endswith(".") else word + "."
        return re.sub(r"(?<![^\W\d_])[^\W\d_]\.", lambda letter: letter[0].upper(), word)
    return "".join(letter.upper() + "." for letter in word)


def _capital(word: str) -> str:
    return "IJ" + word[2:] if word.startswith("ij") else word[:1].upper() + word[1:]


def _cased(word: str) -> str:
    """Proper case for a word in capitals or in small letters; mixed case is left as it is."""
    if not (word.isupper() or word.islower()):
        return word
    parts = re.split(r"([-' ])", word.lower())
    cased = [part if _is_infix(part) else _capital(part) for part in parts]
    return "".join(_capital(part) if not index else part for index, part in enumerate(cased))


def _given(words: list[str], *, caps: bool) -> tuple[str, str]:
    """First name and initials out of what stands before the family name."""
    first, initials = [], []
    for word in words:
        if _is_initials(word, caps=caps):
            initials.append(_dotted(word))
        else:
            first.append(_cased(word))
    return " ".join(first), "".join(initials)


def _tidy(text: str) -> str:
    text = text.translate(_QUOTES)
    text = re.sub(r"\s*([-–—])\s*", "-", text)
    text = re.sub(r"(?<=\w)\.(?=[^\W\d_]{2})", ". ", text)  # 'M.Koster'
    return " ".join(text.split())


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
    if len(words) > 2 and [fold(word) for word in words[:2]] == ["de", "heer"]:
        words = words[2:]
    while len(words) > 1 and fold(words[-1]).replace(".", "") in _LATER_TITLES:
        words = words[:-1]
    return words


def _is_plain(text: str) -> bool:
    """Whether a text is one word like Koster or Marieke, of which there is nothing to split."""
    return len(text) > 1 and text.isalpha() and text.istitle()


@lru_cache(maxsize=REMEMBERED)
def split_family(text: str) -> tuple[str, str]:
    """Infix and family name of 'van der Koster', 'Koster, van der' or 'Koster'."""
    if _is_plain(text):
        return "", text
    text = _tidy(text)
    if "," in text:
        family, _, rest = text.partition(",")
        if rest.split() and all(map(_is_infix, rest.split())):
            text = f"{rest} {family}"
    words = text.replace(",", " ").split()
    at = 0
    while at < len(words) - 1 and _is_infix(words[at]):
        at += 1
    return " ".join(words[:at]).lower(), _family(words[at:])


def _family(words: list[str]) -> str:
    small = [_is_infix(word) for word in words]
    return " ".join(
        word.lower() if index and small[index] else _cased(word) for index, word in enumerate(words)
    )


def build_name(
    *, first_name: str = "", initials: str = "", infix: str = "", family_name: str = ""
) -> PersonName:
    """A name out of columns; an infix before the family name and initials as a first name too."""
    own_infix, family = split_family(family_name)
    caps = first_name.isupper() and family_name.isupper()
    first, more = (first_name, "") if _is_plain(first_name) else _first_name(first_name, caps)
    given = "".join(_dotted(word) for word in _tidy(initials).split()) if initials else ""
    named = _tidy(infix).lower() if infix else ""
    return _name(first, given or more, named or own_infix, family)


@lru_cache(maxsize=REMEMBERED)
def _first_name(text: str, caps: bool) -> tuple[str, str]:
    """First name and initials out of the column of first names."""
    called, rest = _called(" ".join(_without_titles(_tidy(text).split())))
    first, initials = _given(rest.split(), caps=caps)
    return called or first, initials


def _name(first: str, initials: str, infix: str, family: str) -> PersonName:
    return PersonName(first[:60], initials[:20], infix[:20], family[:80])


def _called(text: str) -> tuple[str, str]:
    """The name between brackets, and the rest of the text."""
    if found := re.search(r"\(([^()]*)\)", text):
        return _cased(found[1].strip()), f"{text[: found.start()]} {text[found.end() :]}".strip()
    return "", text


@lru_cache(maxsize=REMEMBERED)
def parse_name(text: str) -> PersonName:
    """The parts of a name, in the order of lists ('Drost, van der A. (Anne)') or of speech."""
    if text.isascii() and text.count(" ") == 1:
        first, _, family = text.partition(" ")
        if _is_plain(first) and _is_plain(family) and not {first.lower(), family.lower()} & _APART:
            return _name(first, "", "", family)
    called, rest = _called(_tidy(text))
    caps = rest.isupper() and len(rest.split()) > 1
    if "," in rest:
        family, _, after = rest.partition(",")
        words = _without_titles(after.replace(",", " ").split())
        particles = [word for word in words if _is_infix(word)]
        others = [word for word in words if word not in particles]
        infix, family = split_family(" ".join(_without_titles(family.split())))
        first, initials = _given(others, caps=caps)
        return _name(called or first, initials, " ".join(particles).lower() or infix, family)
    words = _without_titles(rest.split())
    start, end = _family_at(words)
    first, initials = _given(words[:start], caps=caps)
    infix = " ".join(words[start:end]).lower()
    return _name(called or first, initials, infix, _family(words[end:]))


def _family_at(words: list[str]) -> tuple[int, int]:
    """Where the infix begins and where the family name does, in the order of speech."""
    double = next((at for at, word in enumerate(words[:-1]) if _is_infix(word.split("-")[-1])), -1)
    if double >= 0 and "-" in words[double]:  # 'Jansen-de Vries'
        return double, double
    for at in range(len(words) - 1):
        if _is_infix(words[at]):
            end = at
            while end < len(words) - 1 and _is_infix(words[end]):
                end += 1
            return at, end
    last = max(0, len(words) - 1)
    return last, last


def join_name(name: Named) -> str:
    """The name as it is spoken: 'Marieke van der Koster', or 'M. Koster' without a first name."""
    parts = (name.first_name or name.initials, name.infix, name.family_name)
    return " ".join(part for part in parts if part)


def display_name(person: Named) -> str:
    """How a person is shown. An erased person has no name left: the page says so in words."""
    return join_name(person)


def person_key(name: Named) -> str:
    """The folded family name and the first letter: equal for names worth comparing."""
    family = fold(name.family_name)
    if not family.isalnum():
        family = re.sub(r"[^\w]+", " ", family).strip()
    letter = fold(name.first_name or name.initials)[:1]
    return f"{family[:110]} {letter}".strip()
