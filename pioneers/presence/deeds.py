"""What a host does at the door, as a form or a phone sends it, one thing at a time."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.presence import actions, queries
from pioneers.presence.models import Way
from pioneers.presence.rules import WalkIn
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.registrations.models import Registration
from pioneers.web.errors import NotFound
from pioneers.web.parsing import clean_text

AnySession = Session | scoped_session[Session]
LARGEST_ID = 2**31
LONGEST_KEY = 60


class Kind(enum.StrEnum):
    """What is done."""

    IN = "in"
    UNDO = "undo"
    GUESTS = "guests"
    NEW = "new"
    SCAN = "scan"
    CODE = "code"


class Result(enum.StrEnum):
    """What it came to."""

    IN = "in"
    WAS_IN = "was_in"
    GONE = "gone"
    STILL_IN = "still_in"
    STILL_LISTED = "still_listed"
    SAVED = "saved"


@dataclass(frozen=True)
class Deed:
    """One thing that a host did."""

    kind: Kind
    key: str
    registration_id: int | None = None
    at: datetime | None = None
    guests: int = 0
    undoes: tuple[str, ...] = ()
    token: str = ""
    name: str = ""
    company: str = ""
    email: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a deed came to, for whom."""

    result: Result
    name: str = ""
    since: datetime | None = None
    registration_id: int | None = None


def read_deed(given: object) -> Deed:
    """A deed out of what a phone sent; raises Refused(deed_shape) for anything else."""
    if not isinstance(given, Mapping):
        raise Refused("deed_shape")
    try:
        kind = Kind(given.get("kind", ""))
        undoes = given.get("undoes") or ()
        if not isinstance(undoes, list | tuple) or len(undoes) > 20:
            raise ValueError
        return Deed(
            kind=kind,
            key=_text(given, "key", LONGEST_KEY),
            registration_id=_number(given.get("registration")),
            at=_moment(given.get("at")),
            guests=_number(given.get("guests")) or 0,
            undoes=tuple(str(one)[:LONGEST_KEY] for one in undoes),
            token=_text(given, "token", 60),
            name=_text(given, "name", 160),
            company=_text(given, "company", 200),
            email=_text(given, "email", 254),
        )
    except (ValueError, TypeError, OverflowError) as wrong:
        raise Refused("deed_shape") from wrong


def _text(given: Mapping[str, Any], name: str, longest: int) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(name)
    return str(clean_text(value))


def _number(value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("number")
    found = int(value)
    if not 0 <= found < LARGEST_ID:
        raise ValueError("number")
    return found


def _moment(value: object) -> datetime | None:
    """An ISO moment with its zone; one without is not believed."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    found = datetime.fromisoformat(value)
    return found if found.tzinfo is not None else None


@dataclass(frozen=True)
class Door:
    """Where deeds are done: one event, by one host."""

    session: AnySession
    programme: Programme
    event: Event
    user_id: int | None
    secret: str

    def do(self, deed: Deed) -> Outcome:
        """Do one thing; raises Refused or ContactRefused."""
        if deed.kind == Kind.UNDO:
            return self._undo(deed)
        if deed.kind == Kind.NEW:
            return self._add(deed)
        who = self._who(deed)
        if deed.kind == Kind.GUESTS:
            actions.count_guests(
                self.session,
                programme=self.programme,
                event=self.event,
                registration=who,
                guests=deed.guests,
            )
            return Outcome(Result.SAVED, who.name, registration_id=who.id)
        noted = actions.check_in(
            self.session,
            programme=self.programme,
            event=self.event,
            registration=who,
            way=Way.TICKED if deed.kind == Kind.IN else Way.SCANNED,
            at=deed.at,
            client_key=deed.key,
            by_user_id=self.user_id,
            guests=deed.guests,
        )
        return _outcome(noted, who)

    def _who(self, deed: Deed) -> Registration:
        if deed.kind == Kind.SCAN:
            found = queries.by_token(self.session, deed.token, self.secret)
            if found is None or found.event_id != self.event.id:
                raise Refused("unknown_code", "code")
            return found
        if deed.kind == Kind.CODE:
            found = queries.by_code(self.session, self.event, deed.token)
            if found is None:
                raise Refused("unknown_code", "code")
            return found
        if deed.registration_id is None and deed.undoes:
            return self._newcomer(deed.undoes[0])
        try:
            return queries.get_registration(self.session, self.event, deed.registration_id or 0)
        except NotFound:
            raise Refused("unknown_guest") from None

    def _newcomer(self, key: str) -> Registration:
        """Somebody whom the phone added and who has no number there yet."""
        made = queries.by_key(self.session, self.event, key)
        if made is None or made.registration_id is None:
            raise Refused("unknown_guest")
        return self.session.get_one(Registration, made.registration_id)

    def _add(self, deed: Deed) -> Outcome:
        draft = WalkIn(name=deed.name, company=deed.company, email=clean_email(deed.email))
        noted = actions.check_in_unregistered(
            self.session,
            programme=self.programme,
            event=self.event,
            draft=draft,
            way=Way.TICKED,
            at=deed.at,
            client_key=deed.key,
            by_user_id=self.user_id,
        )
        return _outcome(noted, noted.registration)

    def _undo(self, deed: Deed) -> Outcome:
        """Take back what the host saw; without JavaScript that is whatever stands."""
        result, who = actions.Undone.UNKNOWN, None
        keys = deed.undoes
        if deed.registration_id is not None:
            who = self._who(deed)
            if not keys:
                standing = queries.standing_of(self.session, who)
                keys = tuple(one.client_key for one in standing)
        for key in keys:
            result = actions.undo_check_in(
                self.session,
                programme=self.programme,
                event=self.event,
                client_key=key,
                by_user_id=self.user_id,
            )
        word = Result.GONE if result == actions.Undone.UNKNOWN else Result(result.value)
        return Outcome(word, who.name if who else "", registration_id=who.id if who else None)


def clean_email(text: str) -> str | None:
    """An address in its one form; None for nothing. Raises Refused(email_shape)."""
    if not text:
        return None
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Refused("email_shape", "email") from None


def _outcome(noted: actions.Noted, who: Registration | None) -> Outcome:
    name = who.name if who else ""
    since = noted.since
    result = Result.IN if since is None else Result.WAS_IN
    return Outcome(result, name, since, who.id if who else None)
