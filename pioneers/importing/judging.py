"""What becomes of each row of a list: the one function that staging and writing share."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.identity import Answer, Certainty, DoubtFound, Taken
from pioneers.companies.names import join_name
from pioneers.companies.rules import Subject
from pioneers.events.actions import record_attendance
from pioneers.events.models import Event
from pioneers.events.queries import event_day
from pioneers.events.rules import Absent, AttendanceResult, Present
from pioneers.importing.claims import Refused, RowReader, Said
from pioneers.importing.models import RowVerdict
from pioneers.programmes.models import Programme
from pioneers.reach.intake import take_in

AnySession = Session | scoped_session[Session]
CHUNK = 2500  # rows that are judged at once: more take more memory, fewer take longer
PERSON, COMPANY = Subject.PERSON, Subject.COMPANY
CERTAIN, DOUBTFUL = Certainty.KNOWN, Certainty.DOUBTFUL
NEW = RowVerdict.NEW
OTHER = "other"
IN_FILE = "row:"
NO_DETAILS: dict[str, Any] = {}  # of most rows, never written to
NO_ANSWERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """A row to be judged: its number in the file, its cells, and what a person chose for it.

    `read` is what the cells say, where that was found out beforehand.
    """

    number: int
    cells: list[str]
    answers: Mapping[str, str] = field(default_factory=lambda: NO_ANSWERS)
    id: int = 0
    read: Said | Refused | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a row. `reason` is a code; `details` hold what its sentence names."""

    line: Line
    verdict: RowVerdict
    reason: str
    details: dict[str, Any]
    person_id: int | None = None
    company_id: int | None = None
    made_person: bool = False
    made_company: bool = False


class _Made:
    """Which row made which record: ids rise, so that two arrays do instead of a dictionary."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._rows = array("l")

    def add(self, record_id: int, row: int) -> None:
        self._ids.append(record_id)
        self._rows.append(row)

    def row(self, record_id: int) -> int | None:
        at = bisect_left(self._ids, record_id)
        found = at < len(self._ids) and self._ids[at] == record_id
        return self._rows[at] if found else None


@dataclass
class Judge:
    """Judges the rows of one list by doing what they ask for, within the caller's transaction."""

    session: AnySession
    programme: Programme
    event: Event
    reader: RowReader
    columns: list[str]
    import_id: int
    actor_id: int | None
    # Rows that the same file brought before: number to verdict. Nothing happens to them again.
    before: Mapping[int, RowVerdict] = field(default_factory=dict)
    wanted: frozenset[int] = frozenset()  # rows that another row's answer names

    def __post_init__(self) -> None:
        self.made = {Subject.PERSON: _Made(), Subject.COMPANY: _Made()}
        self.ids: dict[int, dict[Subject, int | None]] = {}
        self.day = event_day(self.event)

    def chunk(self, lines: list[Line]) -> list[Outcome]:
        """Judge at most CHUNK rows, in order."""
        outcomes: list[Outcome | None] = [self._at_once(line) for line in lines]
        said: list[tuple[int, Said]] = []
        for at, line in enumerate(lines):
            if outcomes[at] is None:
                read = line.read or self.reader.read(line.cells)
                if isinstance(read, Refused):
                    outcomes[at] = self._refused(line, read)
                else:
                    said.append((at, read))
        for at, outcome in self._take(lines, said):
            outcomes[at] = outcome
        return [outcome for outcome in outcomes if outcome is not None]

    def known(self, subject: Subject, record_id: int | None) -> int | None:
        """`record_id`, unless a row of this list made that record."""
        if record_id is None or self.made[subject].row(record_id) is not None:
            return None
        return record_id

    def _at_once(self, line: Line) -> Outcome | None:
        verdict = self.before.get(line.number)
        if verdict is None or verdict == RowVerdict.ERROR:
            return None
        return Outcome(line, RowVerdict.ALREADY_LISTED, "same_file", {})

    def _refused(self, line: Line, refused: Refused) -> Outcome:
        column = self.columns[refused.place] if refused.place >= 0 else ""
        details = {"column": column, "value": refused.value}
        return Outcome(line, RowVerdict.ERROR, refused.reason, details)

    def _take(
        self, lines: list[Line], said: list[tuple[int, Said]]
    ) -> Iterator[tuple[int, Outcome]]:
        if not said:
            return
        answers = {
            index: chosen
            for index, (at, _said) in enumerate(said)
            if lines[at].answers and (chosen := self._answers(lines[at].answers))
        }
        taken = take_in(
            self.session,
            programme=self.programme,
            claims=[one.claim for _at, one in said],
            firms=[one.firm for _at, one in said],
            day=self.day,
            answers=answers,
            actor_id=self.actor_id,
        )
        attendance = self._record(said, taken)
        there = {t.person_id for (_at, s), t in zip(said, taken, strict=True) if s.attended}
        seen: set[int | None] = set()
        for (at, one), found in zip(said, taken, strict=True):
            self._remember(lines[at], found)
            verdict, reason = _verdict(one, found, attendance, seen, there)
            yield at, self._outcome(lines[at], one, found, verdict, reason)

    def _record(self, said: list[tuple[int, Said]], taken: list[Taken]) -> AttendanceResult:
        present, absent = [], []
        for (_at, one), found in zip(said, taken, strict=True):
            if found.person_id is None:
                continue
            if one.attended:
                present.append(Present(found.person_id, found.company_id))
            else:
                absent.append(Absent(found.person_id, found.company_id))
        return record_attendance(
            self.session,
            programme=self.programme,
            event=self.event,
            present=present,
            absent=absent,
            import_id=self.import_id,
            actor_id=self.actor_id,
        )

    def _answers(self, chosen: Mapping[str, str]) -> tuple[Answer, ...]:
        """A choice that names a row of this file means what that row turned out to be."""
        answers = []
        for name, choice in chosen.items():
            subject = Subject(name)
            if choice == OTHER:
                answers.append(Answer(subject, None))
            elif choice.startswith(IN_FILE):
                other = self.ids.get(int(choice.removeprefix(IN_FILE)), {}).get(subject)
                if other is not None:
                    answers.append(Answer(subject, other))
            else:
                answers.append(Answer(subject, int(choice)))
        return tuple(answers)

    def _remember(self, line: Line, taken: Taken) -> None:
        if taken.made_person and taken.person_id is not None:
            self.made[PERSON].add(taken.person_id, line.number)
        if taken.made_company and taken.company_id is not None:
            self.made[COMPANY].add(taken.company_id, line.number)
        if line.number in self.wanted:
            self.ids[line.number] = {
                Subject.PERSON: taken.person_id,
                Subject.COMPANY: taken.company_id,
            }

    def _outcome(
        self, line: Line, said: Said, taken: Taken, verdict: RowVerdict, reason: str
    ) -> Outcome:
        details = NO_DETAILS
        if taken.doubts or said.remarks:
            details = {}
        if taken.doubts:
            details["doubts"] = [self._doubt(doubt) for doubt in taken.doubts]
        if said.remarks:
            details["remarks"] = [list(remark) for remark in said.remarks]
        return Outcome(
            line,
            verdict,
            reason,
            details,
            taken.person_id,
            taken.company_id,
            taken.made_person,
            taken.made_company,
        )

    def _doubt(self, doubt: DoubtFound) -> dict[str, Any]:
        """Which record it may be, or which row of this file, and why."""
        row = self.made[doubt.subject].row(doubt.other_id)
        other = str(doubt.other_id) if row is None else f"{IN_FILE}{row}"
        return {
            "subject": doubt.subject.value,
            "other": other,
            "reason": doubt.reason.value,
            "score": doubt.score,
        }


def _verdict(
    said: Said,
    taken: Taken,
    attendance: AttendanceResult,
    seen: set[int | None],
    there: set[int | None],
) -> tuple[RowVerdict, str]:
    person = taken.person_id
    if person in seen or (not said.attended and person in there):
        return RowVerdict.ALREADY_LISTED, "twice_in_file"
    seen.add(person)
    if person in attendance.already_listed:
        return RowVerdict.ALREADY_LISTED, "on_event_list"
    if person in attendance.confirmed:
        return RowVerdict.ALREADY_LISTED, "confirmed"
    if not said.attended:
        return RowVerdict.NOT_ATTENDED, "absent"
    if taken.certainty == DOUBTFUL:
        return RowVerdict.DOUBTFUL, "doubtful"
    if taken.certainty == CERTAIN:
        return RowVerdict.KNOWN, taken.why or "identical"
    return NEW, "person_and_company" if taken.made_company else "person"


def apply_rows(judge: Judge, lines: Iterable[Line]) -> Iterator[Outcome]:
    """Do what the rows ask for, chunk by chunk, and say of each what became of it.

    A row whose answer names an earlier row of the file waits until that one is done.
    """
    chunk: list[Line] = []
    numbers: set[int] = set()
    for line in lines:
        named = _named_by(line) if line.answers else set()
        if len(chunk) >= CHUNK or named & numbers:
            yield from judge.chunk(chunk)
            chunk, numbers = [], set()
        chunk.append(line)
        if judge.wanted:
            numbers.add(line.number)
    if chunk:
        yield from judge.chunk(chunk)


def _named_by(line: Line) -> set[int]:
    """Rows of the file that the answers of a row name."""
    return {
        int(choice.removeprefix(IN_FILE))
        for choice in line.answers.values()
        if choice.startswith(IN_FILE)
    }


class Tally:
    """Rows of each verdict, as they pass."""

    def __init__(self) -> None:
        self._counts: Counter[RowVerdict] = Counter()

    def add(self, verdict: RowVerdict) -> None:
        """One more."""
        self._counts[verdict] += 1

    def as_counts(self) -> dict[str, int]:
        """All six, zeros too."""
        return {verdict.value: self._counts[verdict] for verdict in RowVerdict}


def named(reader: RowReader, cells: list[str]) -> tuple[str, str]:
    """The person and the company of a row, as far as they can be read, for a table."""
    read = reader.read(cells)
    if isinstance(read, Said):
        name = join_name(read.claim.name) if read.claim.name else ""
        return name, read.claim.company_name or ""
    return reader.raw(cells)
