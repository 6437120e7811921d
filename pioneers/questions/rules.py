"""The questions desk: what a question is made of, where it can go, and when it is late. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pioneers.programmes.rules import Evidence, Refused
from pioneers.questions.models import AskedBy, Outcome, Question, QuestionStatus

LONGEST_TEXT: Final = 4000  # of a question or a message
LONGEST_REMARK: Final = 500
SHORT: Final = 80  # of a text in place of a subject
ASK_BACK_WITHIN: Final = timedelta(days=46)  # of the day; after that nobody remembers
MOST_TERM_DAYS: Final = 60
CONSENT_VERSION: Final = "2026-1"
CONSENT: Final = {
    "nl": "Het programma mag mijn gegevens gebruiken om deze vraag te beantwoorden, en mag"
    " bewaren dat ik haar stelde.",
    "en": "The programme may use my details to answer this question, and may keep that I asked it.",
}
ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+\.[^\s<>\"']+")

NEW, TAKEN, WAITING, REFERRED, ANSWERED, CLOSED = QuestionStatus
OURS: Final = (NEW, TAKEN)  # it is our turn: only these can be late
OPEN: Final = (NEW, TAKEN, WAITING, REFERRED, ANSWERED)

# Where a question can go from where it stands. Who writes back has us at work again; a closed
# question opens again when its asker does.
MOVES: Final[dict[QuestionStatus, frozenset[QuestionStatus]]] = {
    NEW: frozenset({TAKEN, WAITING, REFERRED, ANSWERED, CLOSED}),
    TAKEN: frozenset({NEW, WAITING, REFERRED, ANSWERED, CLOSED}),
    WAITING: frozenset({TAKEN, REFERRED, ANSWERED, CLOSED}),
    REFERRED: frozenset({TAKEN, WAITING, ANSWERED, CLOSED}),
    ANSWERED: frozenset({TAKEN, WAITING, REFERRED, CLOSED}),
    CLOSED: frozenset({TAKEN}),
}
SOLVED: Final = (Outcome.HELPED, Outcome.ACTION)

# What somebody wrote is their own word; what a colleague or a pioneer notes for them is listed.
EVIDENCE: Final[dict[AskedBy, Evidence]] = {
    AskedBy.CARD: Evidence.SELF_DECLARED,
    AskedBy.SITE: Evidence.SELF_DECLARED,
    AskedBy.MAIL: Evidence.SELF_DECLARED,
    AskedBy.TALK: Evidence.LISTED,
    AskedBy.CALL: Evidence.LISTED,
}


@dataclass(frozen=True)
class NewQuestion:
    """A question as it comes in. `theme` is a lever, or '' where nobody said."""

    asked_by: AskedBy
    text: str
    name: str = ""
    company: str = ""
    email: str | None = None
    phone: str | None = None
    language: str = "nl"
    wants_call: bool = False
    theme: str = ""
    subject: str = ""  # in the desk's words, or of the mail
    pioneer_id: int | None = None
    fan_id: int | None = None
    event_id: int | None = None
    consent_version: str = ""
    consent_wording: str = ""


@dataclass(frozen=True)
class Details:
    """Who asked, and what the desk calls it; what the desk can correct."""

    subject: str
    theme: str
    name: str
    company: str
    email: str | None
    phone: str | None
    responsible_id: int | None


@dataclass(frozen=True)
class Answer:
    """Words to whoever asked. `asks_back`: it is a question of ours; the turn is theirs."""

    text: str
    asks_back: bool = False
    link: str = ""
    link_title: str = ""


@dataclass(frozen=True)
class Action:
    """What the company did: an activation that was recorded before, or a new one."""

    activation_id: int | None = None
    kind_id: int | None = None
    day: date | None = None
    proof: str = ""


def subject_of(question: Question) -> str:
    """The desk's words for a question, else how it begins; '' when its text is gone."""
    if question.subject:
        return question.subject
    line = " ".join(question.text.split())
    return line if len(line) <= SHORT else line[:SHORT].rsplit(" ", 1)[0] + " …"


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of that month where it has no such day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def can_move(status: QuestionStatus, to: QuestionStatus) -> bool:
    """Whether a question can go from one status to another."""
    return to in MOVES[status]


def check_move(status: QuestionStatus, to: QuestionStatus) -> None:
    """Raise Refused (question_closed, not_from_here) for a step that there is not."""
    if to in MOVES[status]:
        return
    raise Refused("question_closed" if status == CLOSED else "not_from_here")


def is_late(status: QuestionStatus, due_on: date, today: date) -> bool:
    """Whether it is our turn and the term is over."""
    return status in OURS and due_on < today


def days_late(question: Question, today: date) -> int:
    """How many days after its term a question is; 0 when it is not late."""
    if not is_late(question.status, question.due_on, today):
        return 0
    return (today - question.due_on).days


def checked_text(text: str, field: str = "text", longest: int = LONGEST_TEXT) -> str:
    """The text without outer space; Refused when there is none, or too much."""
    text = text.strip()
    if not text:
        raise Refused("text_missing", field)
    if len(text) > longest:
        raise Refused("text_long", field, limit=longest)
    return text


def checked_link(link: str) -> str:
    """An address of a page that a mail can lead to; '' for none, Refused for anything else."""
    link = link.strip()
    if not link:
        return ""
    if not link.startswith(("https://", "http://")) or any(
        c.isspace() or c in "<>\"'" for c in link
    ):
        raise Refused("link_shape", "link")
    if len(link) > 300:
        raise Refused("text_long", "link", limit=300)
    return link
