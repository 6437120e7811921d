"""Mail for tests."""

from itertools import count
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import KINDS, MailKind, Words, register

_numbers = count(1)
WORDS = Words("Tot {moment}", "Beste {name},\n\nU bent er bij.\n\n[Bekijken](link)")


def kind(key: str = "tests.note", **facts: Any) -> MailKind:
    """A kind of mail that only tests have."""
    if key in KINDS:
        return KINDS[key]
    given: dict[str, Any] = {
        "nl": WORDS,
        "en": Words("See you {moment}", "Dear {name},\n\nYou are in.\n\n[Look](link)"),
        "title_nl": "Proef",
        "title_en": "Trial",
        "fields": {"moment": "donderdag", "name": "Anne", "link": "https://voorbeeld.example/"},
    }
    return register(MailKind(key=key, **given | facts))


def ask(session: Session | scoped_session[Session], **facts: Any) -> bool:
    """Put a mail in the outbox."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "kind": kind(),
        "key": f"tests.note:{number}",
        "address": f"iemand{number}@voorbeeld.example",
        "name": "Anne van der Drost",
        "language": "nl",
        "fields": {"moment": "donderdag", "name": "Anne", "link": "https://voorbeeld.example/x"},
        "programme_name": "Pioniers",
    }
    return queue(session, NewMail(**given | facts))
