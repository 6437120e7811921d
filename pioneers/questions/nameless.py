"""Taking names out of a text, so that it can be knowledge for others. Pure.

By rule: who and what we know of the question (people, companies, addresses), and what has the shape
of an address, a phone number, a postcode or a KVK number. What a rule cannot know (a colleague's
name, a village) is pointed out, for somebody to look at: `suspects`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import phonenumbers

from pioneers.companies.names import company_key
from pioneers.reach.phones import HOME

MAIL: Final = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}", re.IGNORECASE)
POSTCODE: Final = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
NUMBER: Final = re.compile(r"\b\d{8}(?:\d{4})?\b")
LEAST_LETTERS: Final = 3  # of a part of a name: "de" and "van" are words too
PARTICLES: Final = frozenset(("van", "der", "den", "ten", "ter", "het", "von", "the", "aan", "bij"))
LEGAL: Final = re.compile(r"\s*,?\s*\b(?:b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|holding|groep)\s*$", re.I)
WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
COMMON: Final = (
    "ik je jij u wij we zij ze hij het de een en of maar dus want als dan er dit dat die wat wie"
    " hoe waar waarom wanneer welke kan kunt kunnen is zijn heeft hebben beste geachte hallo dag"
    " groet groeten vriendelijke met voor van in op bij naar om te ja nee niet geen ook nog nu"
    " vraag antwoord the a an i you we it dear kind regards and or but how what who why when which"
    " doorverwezen kijk begin lees bel"
)
NOT_NAMES: Final = frozenset(COMMON.split())


@dataclass(frozen=True)
class Known:
    """Whom and what a question names."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marks:
    """What stands where something was taken out, in the language of the text."""

    person: str = "[naam]"
    company: str = "[bedrijf]"
    email: str = "[e-mailadres]"
    phone: str = "[telefoonnummer]"
    number: str = "[nummer]"
    postcode: str = "[postcode]"
    site: str = "[website]"
    all: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        every = (getattr(self, name) for name in self.__dataclass_fields__ if name != "all")
        object.__setattr__(self, "all", frozenset(every))


MARKS: Final = {
    "nl": Marks(),
    "en": Marks(
        "[name]",
        "[company]",
        "[e-mail address]",
        "[phone number]",
        "[number]",
        "[postcode]",
        "[website]",
    ),
}


def without_names(text: str, known: Known, marks: Marks = MARKS["nl"]) -> str:
    """The text with a mark in the place of everything that says who it is about."""
    text = MAIL.sub(marks.email, text)
    text = _without_phones(text, marks.phone)
    for site in _longest_first((*known.sites, *_domains(known.emails))):
        address = re.compile(rf"(?:https?://)?(?:www\.)?{re.escape(site)}(?:/\S*)?", re.IGNORECASE)
        text = address.sub(marks.site, text)
    for company in _longest_first(_company_names(known.companies)):
        text = _word(company).sub(marks.company, text)
    for name in _longest_first(_person_names(known.people)):
        text = _word(name).sub(marks.person, text)
    text = POSTCODE.sub(marks.postcode, text)
    text = NUMBER.sub(marks.number, text)
    again = re.compile(
        rf"{re.escape(marks.person)}(?:[ ,]+(?:(?:{'|'.join(PARTICLES)}|de)\s+)*"
        rf"{re.escape(marks.person)})+"
    )
    return again.sub(marks.person, text)


def _without_phones(text: str, mark: str) -> str:
    found = list(phonenumbers.PhoneNumberMatcher(text, HOME))
    for one in reversed(found):
        text = text[: one.start] + mark + text[one.end :]
    return text


def _domains(emails: Iterable[str]) -> set[str]:
    return {email.rpartition("@")[2] for email in emails if "@" in email}


def _company_names(companies: Iterable[str]) -> set[str]:
    """As it was written, without its legal form, and in the short way."""
    names: set[str] = set()
    for company in companies:
        short = LEGAL.sub("", company).strip()
        names |= {company.strip(), short, company_key(company)}
    return {name for name in names if len(name) >= LEAST_LETTERS}


def _person_names(people: Iterable[str]) -> set[str]:
    """Each name whole, and each of its parts that is no common word."""
    names: set[str] = set()
    for person in people:
        parts = person.replace(",", " ").split()
        names |= {" ".join(parts), " ".join(parts[1:])}
        names |= {
            part
            for part in parts
            if len(part.strip(".")) >= LEAST_LETTERS and part.lower() not in PARTICLES
        }
    return {name for name in names if len(name) >= LEAST_LETTERS}


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if name}, key=lambda name: (-len(name), name))


def _word(name: str) -> re.Pattern[str]:
    """The name as a word of its own, with a genitive s ("Annes", "Anne's")."""
    pattern = r"\s+".join(re.escape(part) for part in name.split())
    return re.compile(rf"(?<![\w\[]){pattern}(?:['’]?s)?(?![\w\]])", re.IGNORECASE)


def suspects(text: str, marks: Marks = MARKS["nl"]) -> list[str]:
    """Words with a capital in the midst of a sentence: names that no rule knows may be among them.
    In the order of the text, each once."""
    for mark in marks.all:
        text = text.replace(mark, " ")
    found: list[str] = []
    for word in WORD.finditer(text):
        before = text[: word.start()].rstrip(" \t\"'(“‘")
        starts = not before or before[-1] in ".!?:\n•-–"
        plain = word[0].lower() in NOT_NAMES or not word[0][0].isupper() or len(word[0]) < 2
        if not starts and not plain and word[0] not in found:
            found.append(word[0])
    return found
