"""What one row of a list says, or why it cannot be read. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pioneers.companies.addresses import clean_establishment, clean_kvk, clean_postcode
from pioneers.companies.identity import Claim
from pioneers.companies.known import Firm
from pioneers.companies.matching import firm_of
from pioneers.companies.names import PersonName, build_name, parse_name
from pioneers.importing import fields as read
from pioneers.importing.headers import Field
from pioneers.importing.layout import Layout, cell_at
from pioneers.importing.presence import was_there

MOST = {
    Field.FULL_NAME: 160,
    Field.FIRST_NAME: 60,
    Field.INITIALS: 20,
    Field.INFIX: 20,
    Field.FAMILY_NAME: 80,
    Field.COMPANY: 200,
    Field.PLACE: 80,
}
# Left out with a remark when they cannot be read: nobody is refused for a class of employees.
Reader = Callable[[str], Any]
SIDE_ISSUES: dict[Field, Reader] = {
    Field.PHONE: read.phone,
    Field.POSTCODE: clean_postcode,
    Field.EMPLOYEES: read.employees,
    Field.SECTOR: read.sector,
}
TOTALS = ("totaal", "total", "aantal aanwezig", "aantal personen", "subtotaal")


NO_LIMIT = 1 << 20
# By name: reaching into an enumeration costs more than most of what is done with a cell.
FULL_NAME, FIRST_NAME, INITIALS = Field.FULL_NAME, Field.FIRST_NAME, Field.INITIALS
INFIX, FAMILY_NAME, COMPANY = Field.INFIX, Field.FAMILY_NAME, Field.COMPANY
EMAIL, KVK, ESTABLISHMENT = Field.EMAIL, Field.KVK, Field.ESTABLISHMENT
POSTCODE, PLACE, PHONE, WEBSITE = Field.POSTCODE, Field.PLACE, Field.PHONE, Field.WEBSITE
EMPLOYEES, SECTOR, FUNCTION = Field.EMPLOYEES, Field.SECTOR, Field.FUNCTION


class Values(dict[Field, str]):
    """The cells of a row that say something, '' where it is only that nothing is known."""

    is_long = False  # whether one says more than its column can hold


@dataclass(frozen=True, slots=True)
class Said:
    """A row that can be read: the claim, whether the person was there, and what was left out.

    `firm` is the claim's company, with the keys by which it is looked up; good for one taking in.
    """

    claim: Claim
    attended: bool
    remarks: tuple[tuple[str, str], ...] = ()  # (field, the text that could not be read)
    firm: Firm | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be read: a code, the column's place (-1: the whole row), the value."""

    reason: str
    place: int
    value: str = ""


class RowReader:
    """Reads rows of one layout; what that layout asks of each column is found out once."""

    def __init__(self, layout: Layout) -> None:
        self.places: dict[Field, int] = {field: at for at, field in layout.fields.items()}
        self.header = [cell.lower() for cell in layout.columns]
        self.width = len(layout.columns)
        self.inverted = layout.inverted
        self._presence = self.places.get(Field.PRESENCE, -1)
        self._side = [(f, r) for f, r in SIDE_ISSUES.items() if f in self.places]
        self._columns = [
            (layout.fields[at], at, MOST.get(layout.fields[at], NO_LIMIT))
            for at in sorted(layout.fields)
        ]

    def read(self, cells: Sequence[str]) -> Said | Refused:
        """What the row says."""
        values = self._values(cells)
        if isinstance(values, Refused):
            return values
        there: bool | None = True
        if self._presence >= 0:
            said = cell_at(cells, self._presence)
            there = was_there(said)
            if there is None:
                return Refused("presence_unknown", self._presence, said)
        name = self._name(values)
        if isinstance(name, Refused):
            return name
        numbers = self._numbers(values)
        if isinstance(numbers, Refused):
            return numbers
        side, remarks = self._read_side(values)
        claim = self._claim(values, name, numbers, side)
        return Said(claim, there != self.inverted, remarks, firm_of(claim))

    def _values(self, cells: Sequence[str]) -> "Values | Refused":
        """The filled cells by their fields, or what is wrong with the row as a row."""
        size = len(cells)
        if size > self.width and any(cells[self.width :]):
            return Refused("extra_cells", -1, str(size))
        values = Values()
        for field, place, most in self._columns:
            value = cells[place] if place < size else ""
            if not value:
                continue
            if value[0] in "=#" and (refused := _uncalculated(value, place)):
                return refused
            if len(value) > most:
                values.is_long = True
            values[field] = "" if len(value) <= 8 and value.lower() in read.NOTHING else value
        if cells[0].lower() == self.header[0] and [c.lower() for c in cells] == self.header:
            return Refused("header_again", -1)
        return values

    def _name(self, values: "Values") -> PersonName | Refused:
        if values.is_long:
            return self._too_long(values)
        name = self._joined(values)
        place = self.places.get(FAMILY_NAME, self.places.get(FULL_NAME, -1))
        if name is None or not _has_letters(name.family_name):
            return Refused("no_name", place if place >= 0 else self.places[FIRST_NAME])
        if self._is_total(values, name):
            return Refused("total_row", place)
        return name

    def _too_long(self, values: Mapping[Field, str]) -> Refused:
        field = next(field for field, most in MOST.items() if len(values.get(field, "")) > most)
        return Refused("too_long", self.places[field], values[field][:60])

    def _joined(self, values: Mapping[Field, str]) -> PersonName | None:
        family = values.get(FAMILY_NAME, "")
        if family:
            return build_name(
                first_name=values.get(FIRST_NAME, ""),
                initials=values.get(INITIALS, ""),
                infix=values.get(INFIX, ""),
                family_name=family,
            )
        whole = values.get(FULL_NAME) or values.get(FIRST_NAME, "")
        return parse_name(whole) if whole else None

    @staticmethod
    def _is_total(values: Mapping[Field, str], name: PersonName) -> bool:
        """A line under the list that counts it: nobody is called Totaal."""
        if EMAIL in values or COMPANY in values:
            return False
        words = " ".join(filter(None, (name.first_name, name.infix, name.family_name))).lower()
        return words.startswith(TOTALS)

    def _numbers(
        self, values: Mapping[Field, str]
    ) -> tuple[str | None, str | None, str | None] | Refused:
        """E-mail, KVK and establishment number: they identify, so a wrong one refuses the row."""
        mail = kvk = establishment = None
        if (text := values.get(EMAIL)) and (mail := read.email(text)) is None:
            return Refused("email_wrong", self.places[EMAIL], text[:60])
        if (text := values.get(KVK)) and (kvk := clean_kvk(text)) is None:
            return Refused("kvk_wrong", self.places[KVK], text[:60])
        text = values.get(ESTABLISHMENT)
        if text and (establishment := clean_establishment(text)) is None:
            return Refused("establishment_wrong", self.places[ESTABLISHMENT], text[:60])
        return mail, kvk, establishment

    def _read_side(
        self, values: Mapping[Field, str]
    ) -> tuple[dict[Field, Any], tuple[tuple[str, str], ...]]:
        found: dict[Field, Any] = {}
        remarks: tuple[tuple[str, str], ...] = ()
        for field, reader in self._side:
            if text := values.get(field):
                found[field] = reader(text)
                if found[field] is None:
                    remarks += ((field.value, text[:60]),)
        return found, remarks

    @staticmethod
    def _claim(
        values: Mapping[Field, str],
        name: PersonName,
        numbers: tuple[str | None, str | None, str | None],
        side: Mapping[Field, Any],
    ) -> Claim:
        mail, kvk, establishment = numbers
        return Claim(
            company_name=values.get(COMPANY) or None,
            kvk_number=kvk,
            establishment_number=establishment,
            web_domain=values.get(WEBSITE) or None,
            postcode=side.get(POSTCODE),
            place=values.get(PLACE) or None,
            employees=side.get(EMPLOYEES),
            sector_code=side.get(SECTOR),
            name=name,
            email=mail,
            phone=side.get(PHONE),
            function=values.get(FUNCTION, "")[:80],
        )

    def raw(self, cells: Sequence[str]) -> tuple[str, str]:
        """Name and company as the row writes them, for a row that cannot be read."""
        parts = (Field.FULL_NAME, Field.FIRST_NAME, Field.INITIALS, Field.INFIX, Field.FAMILY_NAME)
        words = (cell_at(cells, self.places[part]) for part in parts if part in self.places)
        place = self.places.get(Field.COMPANY, len(cells))
        return " ".join(filter(None, words)), cell_at(cells, place)


def _uncalculated(value: str, place: int) -> Refused | None:
    """What is wrong with a cell without value: an error, or a formula that nobody calculated."""
    if value.upper() in read.ERRORS:
        return Refused("cell_error", place, value)
    return Refused("formula", place, value[:60]) if read.is_formula(value) else None


def _has_letters(text: str) -> bool:
    return text.isalpha() or any(map(str.isalpha, text))
