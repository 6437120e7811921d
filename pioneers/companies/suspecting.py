"""When two records are one, and when they only may be: comparisons of what is known. Pure."""

from dataclasses import dataclass

from pioneers.companies.addresses import is_shared_mailbox
from pioneers.companies.identity import Match, compare, likeness, other_number, places_differ
from pioneers.companies.known import Firm, Human
from pioneers.companies.names import company_strict_key, fold
from pioneers.companies.rules import DoubtReason

_, ALIKE, COMPATIBLE, NEAR, EQUAL = Match  # by plain names, which is quicker


@dataclass(slots=True)
class Suspicion:
    """A known record that a new one may be, why, and how alike the names are."""

    other: Firm | Human
    reason: DoubtReason
    score: int


def one_of_domain(firm: Firm, holders: list[Firm]) -> Firm | None:
    """The one company that holds the domain of `firm` and can be it."""
    able = [holder for holder in holders if not other_number(firm, holder)]
    if len(holders) == 1 and len(able) == 1:
        holder = able[0]
        strangers = places_differ(firm, holder) and not related(firm.key, holder.key)
        return None if strangers else holder
    exact = [holder for holder in able if holder.strict == firm.strict]
    if len(exact) == 1:
        return exact[0]
    alike = [holder for holder in able if holder.key == firm.key]
    return alike[0] if len(alike) == 1 and not exact else None


def related(key: str, other: str) -> bool:
    return bool(set(key.split()) & set(other.split())) or likeness(key, other) > 0


def by_domain(firm: Firm, holder: Firm) -> Suspicion:
    """Two companies with one web domain."""
    return Suspicion(holder, DoubtReason.SAME_DOMAIN, likeness(firm.key, holder.key))


def says_no_more(firm: Firm, other: Firm) -> bool:
    """Whether a company of which nothing sure is known says just what another one says."""
    return (
        not firm.kvk_number
        and not firm.web_domain
        and fold(firm.name) == fold(other.name)
        and firm.postcode == other.postcode
        and firm.place == other.place
        and company_strict_key(firm.name) == other.strict
    )


def surely(human: Human, other: Human) -> bool:
    """Whether two people at companies of one name are one: the name whole, or the address."""
    match = compare(human, other)
    if human.email and human.email == other.email and not is_shared_mailbox(human.email):
        return match >= COMPATIBLE
    return match == EQUAL and not two_addresses(human, other)


def two_addresses(human: Human, other: Human) -> bool:
    """Whether both have an e-mail address, and not the same."""
    return bool(human.email and other.email and human.email != other.email)
