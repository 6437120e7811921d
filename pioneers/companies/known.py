"""What is known of the companies and people that a chunk of claims may be about, in memory."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, cast, func, select, text
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, Doubt, Employment, Person
from pioneers.companies.names import company_strict_key
from pioneers.companies.rules import Subject

AnySession = Session | scoped_session[Session]
# A name that more companies bear says nothing; and a look-up must not grow with the programme.
NAMESAKES = 20


@dataclass(slots=True, eq=False)
class Firm:
    """A company, known (with an id) or new (0 until it is written)."""

    id: int
    name: str
    key: str
    block: str
    kvk_number: str | None = None
    establishment_number: str | None = None
    web_domain: str | None = None
    postcode: str | None = None
    place: str | None = None
    municipality_code: str | None = None
    employees: int | None = None
    turnover: int | None = None
    balance: int | None = None
    sector_code: str | None = None
    sector_version: str | None = None
    is_new: bool = False
    changed: bool = False
    people: list["Human"] = field(default_factory=list)

    @property
    def strict(self) -> str:
        """The name as it is surely written."""
        return company_strict_key(self.name)


@dataclass(slots=True, eq=False)
class Human:
    """A person, known (with an id) or new (0 until written)."""

    id: int
    first_name: str
    initials: str
    infix: str
    family_name: str
    key: str
    email: str | None = None
    phone: str | None = None
    function: str = ""
    is_new: bool = False
    changed: bool = False
    firms: list[Firm] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """Companies and people by everything that they can be recognised by."""

    firms: dict[int, Firm] = field(default_factory=dict)
    humans: dict[int, Human] = field(default_factory=dict)
    by_kvk: dict[str, Firm] = field(default_factory=dict)
    by_domain: dict[str, list[Firm]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, list[Firm]] = field(default_factory=lambda: defaultdict(list))
    by_block: dict[str, list[Firm]] = field(default_factory=lambda: defaultdict(list))
    by_email: dict[str, list[Human]] = field(default_factory=lambda: defaultdict(list))
    by_phone: dict[str, list[Human]] = field(default_factory=lambda: defaultdict(list))
    loners: dict[str, list[Human]] = field(default_factory=lambda: defaultdict(list))
    doubted: set[tuple[Subject, int, int]] = field(default_factory=set)

    def add_firm(self, firm: Firm, *, keys: Firm | None = None) -> None:
        """Let `firm` be found by the facts of `keys` (itself, or a company merged into it)."""
        by = keys or firm
        if by.kvk_number:
            self.by_kvk.setdefault(by.kvk_number, firm)
        _append(self.by_key, by.key, firm)
        _append(self.by_block, by.block, firm)
        if by.web_domain:
            _append(self.by_domain, by.web_domain, firm)

    def add_human(self, human: Human, *, email: str | None, phone: str | None) -> None:
        """Let `human` be found by an address and a number."""
        if email:
            _append(self.by_email, email, human)
        if phone:
            _append(self.by_phone, phone, human)

    def let_go(self) -> None:
        """Untie people from companies, so that memory is free at once: they hold each other."""
        for firms in self.by_block.values():
            for firm in firms:
                firm.people.clear()

    def employ(self, human: Human, firm: Firm) -> bool:
        """Note that somebody works somewhere; whether that is new."""
        if firm in human.firms:
            return False
        human.firms.append(firm)
        firm.people.append(human)
        return True


def _append(index: dict[str, list[Any]], key: str, item: Firm | Human) -> None:
    items = index[key]
    if item not in items:
        items.append(item)


FIRM = Company.__table__.c
HUMAN = Person.__table__.c
_FIRM_COLUMNS = [
    *(FIRM.id, FIRM.name, FIRM.name_key, FIRM.name_block, FIRM.kvk_number),
    *(FIRM.establishment_number, FIRM.web_domain, FIRM.postcode, FIRM.place),
    *(FIRM.municipality_code, FIRM.employees, FIRM.turnover, FIRM.balance),
    *(FIRM.sector_code, FIRM.sector_version, FIRM.merged_into_id),
]
_HUMAN_COLUMNS = [
    *(HUMAN.id, HUMAN.first_name, HUMAN.initials, HUMAN.infix, HUMAN.family_name),
    *(HUMAN.name_key, HUMAN.email, HUMAN.phone, HUMAN.function, HUMAN.merged_into_id),
]
_BATCH = 5_000
# The first few companies of each key, by an index, without reading the others of that key.
# PostgreSQL plans by what it counted before this transaction: of a programme that is filled right
# now it expects one row, takes any index of programmes, and reads all of it for each key. It cannot
# expect anything of a subquery.
_FEW = {
    "sqlite": """
        SELECT c.id FROM json_each(:wanted) AS w CROSS JOIN company AS c ON c.id IN (
            SELECT id FROM company WHERE programme_id = :programme AND {where}
            ORDER BY id LIMIT {few}
        )""",
    "postgresql": """
        SELECT c.id FROM json_array_elements_text(CAST(:wanted AS json)) AS w(value)
        CROSS JOIN LATERAL (
            SELECT id FROM company
            WHERE programme_id = (SELECT CAST(:programme AS integer)) AND {where}
            ORDER BY id LIMIT {few}
        ) AS c""",
}
_VAGUE = " AND kvk_number IS NULL AND web_domain IS NULL AND merged_into_id IS NULL"
_BY_KEY, _BY_BLOCK = "name_key = w.value", "name_block = w.value"


def among(session: AnySession, by: Any, wanted: Collection[int] | Collection[str]) -> Any:
    """The condition that `by` is one of `wanted`, as one parameter: thousands cost no more text."""
    if session.get_bind().dialect.name == "postgresql":
        return by == any_(cast(list(wanted), ARRAY(by.type)))
    listed = func.json_each(json.dumps(list(wanted))).table_valued("value")
    return by.in_(select(listed.c.value))


class Loader:
    """Fills `known` from the database; every look-up is by an index and for the whole chunk."""

    def __init__(self, session: AnySession, programme_id: int, known: Known) -> None:
        self.session, self.programme_id, self.known = session, programme_id, known

    def companies(self, *conditions: ColumnElement[bool]) -> None:
        """Load the companies of any of `conditions`, with those that they were merged into."""
        for condition in conditions:
            where = (FIRM.programme_id == self.programme_id, condition)
            self._take_firms(self.session.execute(select(*_FIRM_COLUMNS).where(*where)).all())

    def _take_firms(self, rows: Iterable[Any]) -> None:
        found = {row[0]: row for row in rows}
        missing = {row[-1] for row in found.values()} - found.keys() - self.known.firms.keys()
        missing.discard(None)
        if missing:
            more = self.session.execute(
                select(*_FIRM_COLUMNS).where(among(self.session, FIRM.id, missing))
            )
            found |= {row[0]: row for row in more}
        for row in sorted(found.values(), key=lambda row: (row[-1] is not None, row[0])):
            firm = Firm(*row[:-1])
            if row[-1] is not None:
                self.known.add_firm(self.known.firms[row[-1]], keys=firm)
            elif firm.id not in self.known.firms:
                self.known.firms[firm.id] = firm
                self.known.add_firm(firm)

    def namesakes(self, names: Iterable[tuple[str, str, bool]]) -> None:
        """Load companies of a name: its key, its block, and whether number and domain are known.

        Who has both can only be the same as a company that has neither.
        """
        keys: set[str] = set()
        blocks: set[str] = set()
        vague: set[str] = set()
        for key, block, is_full in names:
            (vague if is_full else blocks).add(block)
            if not is_full:
                keys.add(key)
        ids = self._few(_BY_BLOCK + _VAGUE, vague)
        ids |= self._few(_BY_KEY, keys) | self._few(_BY_BLOCK, blocks)
        self.by_ids(ids)

    def by_ids(self, ids: Collection[int]) -> None:
        """Load the companies of `ids` that are not known yet."""
        wanted = sorted(set(ids) - self.known.firms.keys())
        for start in range(0, len(wanted), _BATCH):
            self.companies(among(self.session, FIRM.id, wanted[start : start + _BATCH]))

    def _few(self, where: str, wanted: set[str]) -> set[int]:
        if not wanted:
            return set()
        template = _FEW[self.session.get_bind().dialect.name]
        statement = text(template.format(where=where, few=NAMESAKES))
        asked = {"wanted": json.dumps(sorted(wanted)), "programme": self.programme_id}
        return set(self.session.scalars(statement, asked))

    def people(self, emails: Collection[str], phones: Collection[str]) -> None:
        """Load people by address or telephone number, with the companies that they work at."""
        rows: list[Any] = []
        for by, wanted in ((HUMAN.email, emails), (HUMAN.phone, phones)):
            if wanted:
                rows += self._people_where(
                    HUMAN.programme_id == self.programme_id, among(self.session, by, wanted)
                )
        humans = self._take_people(rows)
        if humans:
            self._employ(Employment.person_id, humans, _losers(self.session, Person, humans))

    def loners(self, keys: Collection[str]) -> None:
        """Load people of whom nothing but a name is known: no address, no company."""
        works = select(Employment.id).where(Employment.person_id == HUMAN.id).exists()
        rows = self._people_where(
            HUMAN.programme_id == self.programme_id,
            among(self.session, HUMAN.name_key, keys),
            HUMAN.email.is_(None),
            HUMAN.merged_into_id.is_(None),
            ~works,
        )
        for row in sorted(rows, key=lambda row: row[0]):
            human = self.known.humans.setdefault(row[0], Human(*row[:-1]))
            _append(self.known.loners, human.key, human)

    def colleagues(self, firms: Iterable[Firm]) -> None:
        """Load the people who work at `firms`."""
        ids = {firm.id for firm in firms if firm.id}
        if ids:
            self._employ(Employment.company_id, ids, _losers(self.session, Company, ids))

    def _people_where(self, *where: ColumnElement[bool]) -> list[Any]:
        unerased = HUMAN.erased_at.is_(None)
        return list(self.session.execute(select(*_HUMAN_COLUMNS).where(unerased, *where)).all())

    def _take_people(self, rows: Iterable[Any]) -> set[int]:
        """Note the people of `rows` and whom they were merged into; the ids that they have now."""
        found = {row[0]: row for row in rows}
        missing = {row[-1] for row in found.values()} - found.keys() - self.known.humans.keys()
        missing.discard(None)
        if missing:
            found |= {
                row[0]: row for row in self._people_where(among(self.session, HUMAN.id, missing))
            }
        ids = set()
        for row in sorted(found.values(), key=lambda row: (row[-1] is not None, row[0])):
            known_as = row[-1] or row[0]
            if row[-1] is None and row[0] not in self.known.humans:
                self.known.humans[row[0]] = Human(*row[:-1])
            if human := self.known.humans.get(known_as):
                self.known.add_human(human, email=row[6], phone=row[7])
                ids.add(known_as)
        return ids

    def _employ(self, by: Any, ids: set[int], losers: dict[int, int]) -> None:
        """Load the employments of `ids`, and the companies and people at their other end."""
        wanted = sorted(ids | losers.keys())
        pairs: list[Any] = []
        for start in range(0, len(wanted), _BATCH):
            pairs += self.session.execute(
                select(Employment.person_id, Employment.company_id)
                .where(
                    among(self.session, by, wanted[start : start + _BATCH]),
                    Employment.to_day.is_(None),
                )
                .order_by(Employment.id)
            ).all()
        self._load_ends(pairs)
        firms = self.known.firms
        moved = self._moved(Company, {company for _, company in pairs} - firms.keys())
        merged = self._moved(Person, {person for person, _ in pairs} - self.known.humans.keys())
        for person, company in pairs:
            firm = firms.get(moved.get(company, company))
            human = self.known.humans.get(merged.get(person, person))
            if firm and human:
                self.known.employ(human, firm)

    def _load_ends(self, pairs: list[Any]) -> None:
        self.by_ids({company for _, company in pairs})
        missing = sorted({person for person, _ in pairs} - self.known.humans.keys())
        for start in range(0, len(missing), _BATCH):
            self._take_people(
                self._people_where(among(self.session, HUMAN.id, missing[start : start + _BATCH]))
            )

    def _moved(self, model: type[Company] | type[Person], ids: set[int]) -> dict[int, int]:
        """Whom merged records were merged into."""
        if not ids:
            return {}
        statement: Any = select(model.id, model.merged_into_id).where(
            among(self.session, model.id, ids), model.merged_into_id.is_not(None)
        )
        return {row[0]: row[1] for row in self.session.execute(statement)}

    def doubts(self, subject: Subject, ids: Collection[int]) -> None:
        """Load which pairs with one of `ids` have been doubted already, settled or not."""
        for column in (Doubt.left_id, Doubt.right_id):
            rows = self.session.execute(
                select(Doubt.left_id, Doubt.right_id).where(
                    Doubt.subject == subject, among(self.session, column, ids)
                )
            )
            self.known.doubted |= {(subject, left, right) for left, right in rows}


def _losers(session: AnySession, model: Any, ids: set[int]) -> dict[int, int]:
    """The records that were merged into `ids`, and into which."""
    statement = select(model.id, model.merged_into_id).where(
        among(session, model.merged_into_id, ids)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
