"""How the search box shows and finds companies and people."""

from collections.abc import Iterable

from pioneers.companies.known import Firm, Human
from pioneers.companies.names import join_name
from pioneers.search.actions import NewEntry
from pioneers.search.models import Kind

COMPANY, PERSON = Kind.COMPANY, Kind.PERSON


def company_entry(programme_id: int, firm: Firm, also: Iterable[str] = ()) -> NewEntry:
    """A company by name, KVK number, domain and place, and by the names of who became it."""
    words = (firm.kvk_number, firm.web_domain, firm.place, *also)
    return NewEntry(
        programme_id=programme_id,
        kind=COMPANY,
        record_id=firm.id,
        title=firm.name,
        subtitle=firm.place or "",
        words=" ".join(word for word in words if word),
    )


def person_entry(programme_id: int, human: Human, also: Iterable[str] = ()) -> NewEntry:
    """A person by name, address and company."""
    employer = human.firms[-1].name if human.firms else ""
    words = (human.initials, human.email, employer, *also)
    return NewEntry(
        programme_id=programme_id,
        kind=PERSON,
        record_id=human.id,
        title=join_name(human),
        subtitle=employer,
        words=" ".join(word for word in words if word),
    )
