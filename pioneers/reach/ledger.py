"""What the ledger says: the definitions of every figure, each as one SELECT over the records.

Each function answers with rows of one shape (`COLUMNS`), one row for each thing that counts. The
figures, their lists, what is kept of them and the check of what is kept all read these. The words
for a controller stand in docs/counting.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from pioneers.companies.models import CompanyProfile, PersonIdentity
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, at_least
from pioneers.reach.models import Activation, Contact
from pioneers.reach.rules import ActivationStatus, Channel

# Where a fact lies: what figures are broken down by.
SPOT = ("day", "municipality", "sector", "size", "fan", "pioneer", "occasion", "channel")
# Made once: an alias copies every column, which would cost more than the queries themselves.
OWN_PROFILE, PROFILE = aliased(CompanyProfile), aliased(CompanyProfile)
IDENTITY = aliased(PersonIdentity)
NAMED = aliased(Contact)
COLUMNS = (*SPOT, "company_id", "person_id", "contact_id", "activation_id", "verdict", "n")


Ids = Collection[int] | BindParameter[Any] | None


@dataclass(frozen=True)
class View:
    """Whose ledger, as known when (None: now), and only of these ids (None: of all)."""

    programme: "Programme | ByParameters"
    known_at: datetime | None = None
    companies: Ids = None
    people: Ids = None
    occasions: Ids = None

    @property
    def counting(self) -> Any:
        """The kinds of evidence that make somebody aware."""
        if isinstance(self.programme, ByParameters):
            return self.programme.counting
        return at_least(self.programme.aware_threshold)


class ByParameters:
    """Stands in for a programme, so that a statement is built once and run with parameters."""

    id = bindparam("programme_id", type_=Integer)
    counting = bindparam("counting", expanding=True, type_=Contact.evidence.type)


@cache
def prepared(measure: str, *, companies: bool, people: bool, occasions: bool) -> Select[Any]:
    """The statement of a measure, to be run with the ids of these as parameters.

    Building a statement costs ten times what running it costs, and every change of the ledger
    needs a dozen.
    """
    named = {"companies": companies, "people": people, "occasions": occasions}
    ids: dict[str, Any] = {
        name: bindparam(name, expanding=True) for name, wanted in named.items() if wanted
    }
    return SELECTS[measure](View(ByParameters(), None, **ids))


def valid_at(model: Any, known_at: datetime | None) -> Any:
    """The condition that a record counts, as known at a moment."""
    if known_at is None:
        return model.voided_at.is_(None)
    return and_(
        model.recorded_at < known_at,
        or_(model.voided_at.is_(None), model.voided_at >= known_at),
    )


def _known(model: Any, known_at: datetime | None) -> Any:
    """The condition that a row of a history is the one known at a moment."""
    if known_at is None:
        return model.known_to.is_(None)
    return and_(
        model.known_from < known_at, or_(model.known_to.is_(None), model.known_to >= known_at)
    )


def _signs(view: View, *, activations: bool, contacts: bool, threshold: bool) -> Any:
    """Contacts and verified activations as rows of one shape, with ids as joined and profiles."""
    parts = []
    if contacts:
        parts.append(_contact_signs(view, threshold))
    if activations:
        parts.append(_activation_signs(view))
    return (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("sign")


def _joined(view: View, model: Any, columns: list[Any]) -> Select[Any]:
    """`columns` of `model` with the company's and the person's identity, and its profile."""
    own, profile, identity = OWN_PROFILE, PROFILE, IDENTITY
    person = func.coalesce(identity.canonical_id, model.person_id)
    return (
        select(
            *columns,
            own.canonical_id.label("company_id"),
            person.label("person_id"),
            profile.municipality_code.label("municipality"),
            profile.sector.label("sector"),
            profile.size_class.label("size"),
            profile.target_verdict.label("verdict"),
        )
        .select_from(model)
        .outerjoin(own, and_(own.company_id == model.company_id, _known(own, view.known_at)))
        .outerjoin(
            profile,
            and_(profile.company_id == own.canonical_id, _known(profile, view.known_at)),
        )
        .outerjoin(
            identity,
            and_(identity.person_id == model.person_id, _known(identity, view.known_at)),
        )
        .where(model.programme_id == view.programme.id, *_only(view, model))
    )


def _only(view: View, model: Any) -> list[ColumnElement[bool]]:
    """Restrict to the ids of the view, given as the caller has them (aliases included)."""
    if view.companies is None and view.people is None:
        return []
    either: list[ColumnElement[bool]] = []
    if view.companies is not None:
        either.append(model.company_id.in_(view.companies))
    if view.people is not None:
        either.append(model.person_id.in_(view.people))
    return [or_(*either)]


def _contact_signs(view: View, threshold: bool) -> Select[Any]:
    columns = [
        literal(0).label("rank"),
        Contact.id.label("id"),
        Contact.id.label("contact_id"),
        cast(null(), Integer).label("activation_id"),
        Contact.day.label("day"),
        Contact.channel.label("channel"),
        Contact.occasion_id.label("occasion"),
        Contact.fan_id.label("fan"),
        Contact.pioneer_id.label("pioneer"),
    ]
    wanted = view.counting if threshold else at_least(Evidence.LISTED)
    return _joined(view, Contact, columns).where(
        valid_at(Contact, view.known_at), Contact.evidence.in_(wanted)
    )


def _activation_signs(view: View) -> Select[Any]:
    columns = [
        literal(1).label("rank"),
        Activation.id.label("id"),
        cast(null(), Integer).label("contact_id"),
        Activation.id.label("activation_id"),
        Activation.day.label("day"),
        literal(Channel.ACTIVATION, Contact.channel.type).label("channel"),
        Activation.occasion_id.label("occasion"),
        Activation.fan_id.label("fan"),
        Activation.pioneer_id.label("pioneer"),
    ]
    verified = Activation.status == ActivationStatus.VERIFIED
    if view.known_at is not None:
        verified = and_(verified, Activation.decided_at < view.known_at)
    return _joined(view, Activation, columns).where(valid_at(Activation, view.known_at), verified)


def _shape(source: Any, n: Any | None = None) -> Select[Any]:
    """The rows of `source` in the one shape; each counts `n` (1)."""
    columns = [source.c[name].label(name) for name in COLUMNS if name != "n"]
    return select(*columns, (literal(1) if n is None else n).label("n"))


def participations(view: View) -> Select[Any]:
    """Each valid contact that names somebody or a company."""
    return _shape(_signs(view, contacts=True, activations=False, threshold=False))


def _firsts(signs: Any, key: str, only: Ids) -> Select[Any]:
    """The first sign of each subject: by day, contacts before activations, as recorded."""
    subject = signs.c[key]
    order = func.row_number().over(
        partition_by=subject, order_by=(signs.c.day, signs.c.rank, signs.c.id)
    )
    ranked = select(signs, order.label("place")).where(subject.is_not(None))
    if only is not None:
        ranked = ranked.where(subject.in_(only))
    ranked_rows = ranked.subquery("ranked")
    return _shape(ranked_rows).where(ranked_rows.c.place == 1)


def aware_companies(view: View) -> Select[Any]:
    """Each company once: its first contact at or above the threshold, or its first activation."""
    signs = _signs(view, contacts=True, activations=True, threshold=True)
    return _firsts(signs, "company_id", view.companies)


def aware_people(view: View) -> Select[Any]:
    """Each person once: their first contact at or above the threshold, or first activation."""
    signs = _signs(view, contacts=True, activations=True, threshold=True)
    return _firsts(signs, "person_id", view.people)


def activated_companies(view: View) -> Select[Any]:
    """Each company once: its first verified activation."""
    signs = _signs(view, contacts=False, activations=True, threshold=False)
    return _firsts(signs, "company_id", view.companies)


def activated_people(view: View) -> Select[Any]:
    """Each person once: the first verified activation that names them."""
    signs = _signs(view, contacts=False, activations=True, threshold=False)
    return _firsts(signs, "person_id", view.people)


def unnamed_heads(view: View) -> Select[Any]:
    """Each occasion with more heads than names; `n` is the difference."""
    named = (
        select(func.count())
        .where(
            NAMED.occasion_id == Contact.occasion_id,
            NAMED.heads.is_(None),
            valid_at(NAMED, view.known_at),
        )
        .scalar_subquery()
    )
    nothing: dict[str, Any] = dict.fromkeys(COLUMNS, null())
    nothing |= dict.fromkeys(("company_id", "person_id", "activation_id"), nobody())
    nothing |= {
        "day": Contact.day,
        "fan": Contact.fan_id,
        "pioneer": Contact.pioneer_id,
        "occasion": Contact.occasion_id,
        "channel": Contact.channel,
        "contact_id": Contact.id,
        "n": Contact.heads - named,
    }
    found = select(*(nothing[name].label(name) for name in COLUMNS)).where(
        Contact.programme_id == view.programme.id,
        Contact.heads.is_not(None),  # few rows, with an index of their own
        Contact.heads > named,
        valid_at(Contact, view.known_at),
    )
    if view.occasions is not None:
        found = found.where(Contact.occasion_id.in_(view.occasions))
    return found


SELECTS = {
    "participations": participations,
    "people": aware_people,
    "companies": aware_companies,
    "unnamed_heads": unnamed_heads,
    "activated_companies": activated_companies,
    "activated_people": activated_people,
}


def nobody() -> ColumnElement[Any]:
    """An empty id."""
    return cast(null(), Integer)


def one() -> ColumnElement[int]:
    """What a row counts."""
    return literal(1)


def by_activation() -> ColumnElement[Any]:
    """The channel of a company that is known through what it did."""
    return literal(Channel.ACTIVATION, Contact.channel.type)
