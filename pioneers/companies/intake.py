"""Taking in what lists say of companies and people: many claims at once, none made double."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies import store
from pioneers.companies.identity import (
    Answer,
    Certainty,
    Claim,
    DoubtFound,
    Match,
    Taken,
    compare,
)
from pioneers.companies.known import FIRM, Firm, Human, Known, Loader, among
from pioneers.companies.matching import Matcher, Outcome, firm_of
from pioneers.companies.names import person_key
from pioneers.companies.rules import Subject
from pioneers.companies.suspecting import Suspicion
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
EQUAL = Match.EQUAL
CHUNK = 2500  # claims that are looked up and written at once
NEW, IS_KNOWN, DOUBTFUL = Certainty.NEW, Certainty.KNOWN, Certainty.DOUBTFUL


def take_in(
    session: AnySession,
    *,
    programme: Programme,
    claims: Sequence[Claim],
    day: date,
    answers: Mapping[int, Answer | tuple[Answer, ...]] | None = None,
    actor_id: int | None = None,
    on_profile_change: Callable[[list[int]], None] | None = None,
    company_ids: Sequence[int | None] | None = None,
    firms: Sequence[Firm | None] | None = None,
) -> list[Taken]:
    """Recognise or add the companies and people of `claims` (at most CHUNK), in their order.

    `day` is when a new employment begins. `answers` (by place in `claims`) settle doubtful rows; a
    record that is not among those in doubt is ignored. `on_profile_change` is told which companies
    are going to change for the figures, before they do. `company_ids` names, claim by claim, the
    company where that is already decided; `firms` what `firm_of` makes of each, where it was made.
    """
    if len(claims) > CHUNK:
        raise ValueError(f"at most {CHUNK} claims at a time, not {len(claims)}")
    session.flush()
    _one_at_a_time(session, programme)
    firms = firms or [firm_of(claim) for claim in claims]
    known = _load(session, programme, claims, firms)
    decided = _decided(session, programme, known, company_ids or [None] * len(claims))
    matcher = Matcher(known)
    given = answers or {}
    outcomes = [
        matcher.take(claim, firm, _answers(given, at), company)
        for at, (claim, firm, company) in enumerate(zip(claims, firms, decided, strict=True))
    ]
    store.write(session, programme, known, outcomes, day, on_profile_change)
    doubts = store.write_doubts(session, programme, known, _doubts(outcomes, given), actor_id)
    taken = [_taken(outcome, doubts) for outcome in outcomes]
    known.let_go()
    return taken


def _decided(
    session: AnySession, programme: Programme, known: Known, ids: Sequence[int | None]
) -> list[Firm | None]:
    """The companies that the caller names, as they are known now, with who works there."""
    wanted = {company_id for company_id in ids if company_id is not None}
    if not wanted:
        return [None] * len(ids)
    loader = Loader(session, programme.id, known)
    loader.by_ids(wanted)
    loader.colleagues([known.firms[one] for one in wanted if one in known.firms])
    return [None if one is None else known.firms.get(one) for one in ids]


def doubt_company(
    session: AnySession, *, programme: Programme, company_id: int, actor_id: int | None
) -> int:
    """Put in the queue which others a company may be; how many."""
    session.flush()
    known = Known()
    loader = Loader(session, programme.id, known)
    loader.by_ids([company_id])
    firm = known.firms[company_id]
    if firm.web_domain:
        loader.companies(FIRM.web_domain == firm.web_domain)
    loader.namesakes([(firm.key, firm.block, bool(firm.kvk_number and firm.web_domain))])
    found = [
        store.NewDoubt(Subject.COMPANY, firm, suspicion, is_answered=False)
        for suspicion in Matcher(known).suspect(firm)
    ]
    return len(store.write_doubts(session, programme, known, found, actor_id))


def _answers(given: Mapping[int, Answer | tuple[Answer, ...]], at: int) -> tuple[Answer, ...]:
    answer = given.get(at, ())
    return (answer,) if isinstance(answer, Answer) else answer


def _one_at_a_time(session: AnySession, programme: Programme) -> None:
    """Let two uploads wait for each other; on SQLite there is one writer anyway.

    It is the lock that the ledger takes as well (reach.keeping), so that no two can wait crosswise.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())


def _load(
    session: AnySession,
    programme: Programme,
    claims: Sequence[Claim],
    firms: Sequence[Firm | None],
) -> Known:
    """Everything that the claims may be about."""
    known = Known()
    loader = Loader(session, programme.id, known)
    present = [firm for firm in firms if firm is not None]
    kvks = {firm.kvk_number for firm in present if firm.kvk_number}
    domains = {firm.web_domain for firm in present if firm.web_domain}
    if kvks:
        loader.companies(among(session, FIRM.kvk_number, kvks))
    if domains:
        loader.companies(among(session, FIRM.web_domain, domains))
    loader.people(
        {claim.email for claim in claims if claim.email},
        {claim.phone for claim in claims if claim.phone},
    )
    alone = {
        person_key(claim.name)
        for claim, firm in zip(claims, firms, strict=True)
        if firm is None and claim.name is not None and not claim.email
    }
    if alone:
        loader.loners(alone)
    unknown = [firm for firm in present if not _is_found(known, firm)]
    postcodes = {firm.postcode for firm in unknown if firm.postcode and " " in firm.postcode}
    if postcodes:
        loader.companies(among(session, FIRM.postcode, postcodes))
    loader.namesakes(
        (firm.key, firm.block, bool(firm.kvk_number and firm.web_domain)) for firm in unknown
    )
    loader.colleagues(_to_be_asked(known, claims, firms))
    return known


def _to_be_asked(known: Known, claims: Sequence[Claim], firms: Sequence[Firm | None]) -> set[Firm]:
    """The companies whose people must be known: those of claims that no address explains."""
    asked: set[Firm] = set()
    for claim, firm in zip(claims, firms, strict=True):
        if firm is None:
            continue
        if _is_found(known, firm) and _is_met(known, claim):
            continue
        asked.update(known.by_key.get(firm.key, ()))
        if firm.kvk_number and firm.kvk_number in known.by_kvk:
            asked.add(known.by_kvk[firm.kvk_number])
        if firm.web_domain:
            asked.update(known.by_domain.get(firm.web_domain, ()))
    return asked


def _is_met(known: Known, claim: Claim) -> bool:
    """Whether the address and the whole name are somebody's, so that nobody else is looked for."""
    holders = known.by_email.get(claim.email, []) if claim.email else []
    name = claim.name
    return name is not None and any(compare(name, other) == EQUAL for other in holders)


def _is_found(known: Known, firm: Firm) -> bool:
    if firm.kvk_number:
        return firm.kvk_number in known.by_kvk
    return bool(firm.web_domain and len(known.by_domain.get(firm.web_domain, [])) == 1)


def _doubts(
    outcomes: Sequence[Outcome], given: Mapping[int, Answer | tuple[Answer, ...]]
) -> list[store.NewDoubt]:
    """The doubts of all outcomes; those that a person already answered with 'another one' too."""
    found = []
    for at, outcome in enumerate(outcomes):
        if not outcome.firm_doubts and not outcome.human_doubts:
            continue
        answered = {answer.subject for answer in _answers(given, at) if answer.same_as is None}
        for subject, record, suspicions in _suspicions(outcome):
            found += [
                store.NewDoubt(subject, record, suspicion, subject in answered)
                for suspicion in suspicions
            ]
    return found


def _suspicions(
    outcome: Outcome,
) -> list[tuple[Subject, Firm | Human, list[Suspicion]]]:
    found: list[tuple[Subject, Firm | Human, list[Suspicion]]] = []
    if outcome.firm is not None and outcome.firm_doubts:
        found.append((Subject.COMPANY, outcome.firm, outcome.firm_doubts))
    if outcome.human is not None and outcome.human_doubts:
        found.append((Subject.PERSON, outcome.human, outcome.human_doubts))
    return found


def _raised(outcome: Outcome, raised: set[tuple[Subject, int, int]]) -> tuple[DoubtFound, ...]:
    return tuple(
        DoubtFound(
            subject,
            record.id,
            suspicion.other.id,
            suspicion.reason,
            suspicion.score,
            suspicion.other.is_new,
        )
        for subject, record, suspicions in _suspicions(outcome)
        for suspicion in suspicions
        if store.pair(subject, record.id, suspicion.other.id) in raised
    )


def _taken(outcome: Outcome, raised: set[tuple[Subject, int, int]]) -> Taken:
    """What the caller hears of an outcome; doubts that were settled before are not repeated."""
    is_doubted = raised and (outcome.firm_doubts or outcome.human_doubts)
    doubts = _raised(outcome, raised) if is_doubted else ()
    made = outcome.made_human if outcome.human is not None else outcome.made_firm
    certainty = NEW if made else IS_KNOWN
    return Taken(
        person_id=outcome.human.id if outcome.human else None,
        company_id=outcome.firm.id if outcome.firm else None,
        made_person=outcome.made_human,
        made_company=outcome.made_firm,
        certainty=DOUBTFUL if doubts else certainty,
        why=outcome.human_why if outcome.human is not None else outcome.firm_why,
        doubts=doubts,
        company_why=outcome.firm_why,
    )
