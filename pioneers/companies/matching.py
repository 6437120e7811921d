"""Recognising companies and people among what is known: in memory, claim after claim."""

from dataclasses import dataclass, field

from pioneers.companies.addresses import email_domain, is_shared_mailbox
from pioneers.companies.identity import (
    Answer,
    Claim,
    Match,
    apart,
    compare,
    likeness,
    places_differ,
    same_first_name,
)
from pioneers.companies.known import Firm, Human, Known
from pioneers.companies.names import (
    PersonName,
    company_block,
    company_key,
    person_key,
)
from pioneers.companies.rules import DoubtReason, Subject
from pioneers.companies.suspecting import (
    Suspicion,
    by_domain,
    one_of_domain,
    says_no_more,
    surely,
    two_addresses,
)

_, ALIKE, COMPATIBLE, NEAR, EQUAL = Match  # by plain names, which is quicker
COMPANY, PERSON = Subject.COMPANY, Subject.PERSON
DOUBTS = 3  # a new record asks at most this many questions


@dataclass(slots=True)
class Outcome:
    """What a claim turned out to be, before anything is written."""

    firm: Firm | None = None
    human: Human | None = None
    made_firm: bool = False
    made_human: bool = False
    is_new_job: bool = False
    firm_why: str = ""
    human_why: str = ""
    firm_doubts: list[Suspicion] = field(default_factory=list)
    human_doubts: list[Suspicion] = field(default_factory=list)


def firm_of(claim: Claim) -> Firm | None:
    """The company as a claim tells it; its domain may come from the e-mail address."""
    name = " ".join((claim.company_name or "").split())
    if not name:
        return None
    return Firm(
        id=0,
        name=name[:200],
        key=company_key(name),
        block=company_block(name),
        kvk_number=claim.kvk_number,
        establishment_number=claim.establishment_number,
        web_domain=claim.web_domain or email_domain(claim.email),
        postcode=claim.postcode,
        place=claim.place[:80] if claim.place else None,
        employees=claim.employees,
        sector_code=claim.sector_code,
        is_new=True,
    )


def human_of(claim: Claim) -> Human | None:
    """The person as a claim tells it; None without a family name."""
    name = claim.name
    if name is None or not name.family_name:
        return None
    return Human(
        id=0,
        first_name=name.first_name,
        initials=name.initials,
        infix=name.infix,
        family_name=name.family_name,
        key=person_key(name),
        email=claim.email,
        phone=claim.phone,
        function=claim.function[:80],
        is_new=True,
    )


class Matcher:
    """Decides on claims one after another; what one makes, the next can be."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def take(
        self,
        claim: Claim,
        firm: Firm | None,
        answers: tuple[Answer, ...],
        given: Firm | None = None,
    ) -> Outcome:
        """What `claim`, of which `firm` is the company's part, turns out to be.

        With `given` it is already decided which company it is.
        """
        human = human_of(claim)
        outcome = Outcome()
        if given is not None:
            outcome.firm, outcome.firm_why = given, "chosen"
        elif firm is not None:
            self._take_firm(outcome, firm, human, claim, answers)
        if human is not None:
            self._take_human(outcome, human, claim, answers)
        elif claim.email and not is_shared_mailbox(claim.email):
            holders = self.known.by_email.get(claim.email, [])
            if len(holders) == 1:
                outcome.human, outcome.human_why = holders[0], "email"
        if outcome.human and outcome.firm:
            outcome.is_new_job = self.known.employ(outcome.human, outcome.firm)
        return outcome

    # Companies

    def _take_firm(
        self,
        outcome: Outcome,
        firm: Firm,
        human: Human | None,
        claim: Claim,
        answers: tuple[Answer, ...],
    ) -> None:
        same, why, doubts = self._sure_firm(firm)
        if same is None:
            same, why = self._firm_of_person(firm, human, claim.email)
        if same is None:
            doubts += self._like_firms(firm, {id(doubt.other) for doubt in doubts})
            doubts = sorted(doubts, key=lambda doubt: -doubt.score)[:DOUBTS]
            chosen = _chosen(doubts, answers, COMPANY)
            if isinstance(chosen, Firm):
                same, why, doubts = chosen, "chosen", []
        if same is None:
            outcome.firm, outcome.made_firm = firm, True
            self.known.add_firm(firm)
        else:
            if not claim.is_unproven:
                self._fill_firm(same, firm)
            outcome.firm, outcome.firm_why = same, why
        outcome.firm_doubts = doubts

    def suspect(self, firm: Firm) -> list[Suspicion]:
        """Which others a company that is known already may be, the likeliest first."""
        holders = self.known.by_domain.get(firm.web_domain, []) if firm.web_domain else []
        doubts = [by_domain(firm, holder) for holder in holders if holder is not firm]
        doubts += self._like_firms(firm, {id(firm), *(id(doubt.other) for doubt in doubts)})
        return sorted(doubts, key=lambda doubt: -doubt.score)[:DOUBTS]

    def _sure_firm(self, firm: Firm) -> tuple[Firm | None, str, list[Suspicion]]:
        holders = self.known.by_domain.get(firm.web_domain, []) if firm.web_domain else []
        if firm.kvk_number and (same := self.known.by_kvk.get(firm.kvk_number)):
            others = [holder for holder in holders if holder is not same]
            free = [holder for holder in others if not apart(same, holder)]
            return same, "kvk", [by_domain(same, holder) for holder in free]
        doubts: list[Suspicion] = []
        if holders:
            if same := one_of_domain(firm, holders):
                return same, "domain", []
            doubts = [by_domain(firm, holder) for holder in holders]
        if firm.postcode and " " in firm.postcode:
            for other in self.known.by_key.get(firm.key, []):
                if (
                    other.postcode == firm.postcode
                    and other.strict == firm.strict
                    and not apart(firm, other)
                ):
                    return other, "name_postcode", []
        return None, "", doubts

    def _firm_of_person(
        self, firm: Firm, human: Human | None, email: str | None
    ) -> tuple[Firm | None, str]:
        """The company of this very name at which this very person is known to work."""
        namesakes = [
            other
            for other in self.known.by_key.get(firm.key, [])
            if other.strict == firm.strict and not apart(firm, other)
        ]
        for other in namesakes:
            if places_differ(firm, other):
                continue
            if human is not None:
                if any(surely(human, colleague) for colleague in other.people):
                    return other, "person"
            elif email:
                if any(colleague.email == email for colleague in other.people):
                    return other, "person"
            elif not other.people and says_no_more(firm, other):
                return other, "identical"
        return None, ""

    def _like_firms(self, firm: Firm, seen: set[int]) -> list[Suspicion]:
        found = []
        for other in self.known.by_block.get(firm.block, []):
            if id(other) in seen or apart(firm, other):
                continue
            score = likeness(firm.key, other.key)
            if score == 100:
                score = 100 if other.strict == firm.strict else 95
                score -= 10 if places_differ(firm, other) else 0
                found.append(Suspicion(other, DoubtReason.SAME_NAME, score))
            elif score and not places_differ(firm, other):
                found.append(Suspicion(other, DoubtReason.LIKE_NAME, score))
        return found

    def _fill_firm(self, firm: Firm, says: Firm) -> None:
        """Take over what a sure match brings and what was blank."""
        if says.web_domain and not firm.web_domain and not self.known.by_domain[says.web_domain]:
            firm.web_domain, firm.changed = says.web_domain, True
            self.known.by_domain[says.web_domain].append(firm)
        if says.kvk_number and not firm.kvk_number:
            self.known.by_kvk[says.kvk_number] = firm
        for name in (
            *("kvk_number", "establishment_number", "postcode", "place"),
            *("employees", "sector_code"),
        ):
            value = getattr(says, name)
            if value is not None and getattr(firm, name) is None:
                setattr(firm, name, value)
                firm.changed = True

    # People

    def _take_human(
        self, outcome: Outcome, human: Human, claim: Claim, answers: tuple[Answer, ...]
    ) -> None:
        same, why, doubts = self._by_email(human)
        if same is None and outcome.firm is not None:
            same, why, more = self._colleague(human, outcome.firm)
            doubts += more
        elif same is None and not human.email:
            same, why = self._loner(human), "identical"
        if same is None:
            doubts += self._elsewhere(human, outcome)
            doubts = _once(doubts)[:DOUBTS]
            chosen = _chosen(doubts, answers, PERSON)
            if isinstance(chosen, Human):
                same, why, doubts = chosen, "chosen", []
        if same is None:
            outcome.human, outcome.made_human = human, True
            self.known.add_human(human, email=human.email, phone=human.phone)
            if outcome.firm is None and not human.email:
                self.known.loners[human.key].append(human)
        else:
            if not claim.is_unproven:
                self._fill_human(same, human)
            outcome.human, outcome.human_why = same, why
            doubts = []
        outcome.human_doubts = doubts

    def _by_email(self, human: Human) -> tuple[Human | None, str, list[Suspicion]]:
        """Equal addresses and names that do not contradict; a shared mailbox asks for more."""
        if not human.email:
            return None, "", []
        holders = self.known.by_email.get(human.email, [])
        if not holders:
            return None, "", []
        is_shared = is_shared_mailbox(human.email)
        ranked = sorted(
            ((compare(human, other), other) for other in holders), key=lambda pair: -pair[0]
        )
        if ranked:
            best, other = ranked[0]
            rivals = [match for match, _ in ranked if match >= COMPATIBLE]
            enough = EQUAL if is_shared else COMPATIBLE
            if best >= enough and (best == EQUAL or len(rivals) == 1):
                return other, "email", []
        doubts = []
        for match, other in ranked:
            married = not is_shared and same_first_name(human, other)
            if match >= ALIKE or married:
                doubts.append(Suspicion(other, DoubtReason.SAME_MAILBOX, 60 + 10 * match))
        return None, "", doubts

    def _colleague(self, human: Human, firm: Firm) -> tuple[Human | None, str, list[Suspicion]]:
        doubts = []
        for other in firm.people:
            match, two = compare(human, other), two_addresses(human, other)
            if match == EQUAL and not two:
                return other, "name_company", []
            if match == EQUAL:
                doubts.append(Suspicion(other, DoubtReason.SAME_NAME, 100))
            elif match >= COMPATIBLE or (match == ALIKE and not two):
                doubts.append(Suspicion(other, DoubtReason.LIKE_NAME, 60 + 10 * match))
        return None, "", sorted(doubts, key=lambda doubt: -doubt.score)

    def _loner(self, human: Human) -> Human | None:
        """Who is known by this very name and by nothing else: nobody could tell them apart."""
        for other in self.known.loners.get(human.key, []):
            phones = {human.phone, other.phone} - {None}
            if len(phones) < 2 and not other.email and compare(human, other) == EQUAL:
                return other
        return None

    def _elsewhere(self, human: Human, outcome: Outcome) -> list[Suspicion]:
        """Who has the same telephone number, or the same name at a company that may be this one."""
        doubts = [
            Suspicion(other, DoubtReason.SAME_PHONE, 60 + 10 * match)
            for other in self.known.by_phone.get(human.phone or "", [])
            if (match := compare(human, other)) >= COMPATIBLE
        ]
        for suspicion in outcome.firm_doubts if outcome.made_firm else []:
            if isinstance(suspicion.other, Firm):
                doubts += [
                    Suspicion(other, DoubtReason.NAMESAKE, suspicion.score)
                    for other in suspicion.other.people
                    if compare(human, other) >= NEAR and not two_addresses(human, other)
                ]
        return doubts

    def _fill_human(self, human: Human, says: Human) -> None:
        for name in ("first_name", "initials", "email", "phone", "function"):
            value = getattr(says, name)
            if value and not getattr(human, name):
                setattr(human, name, value)
                human.changed = True
        if human.changed:
            human.key = person_key(human_name(human))
        self.known.add_human(human, email=says.email, phone=says.phone)


def human_name(human: Human) -> PersonName:
    """The parts of a person's name."""
    return PersonName(human.first_name, human.initials, human.infix, human.family_name)


def _chosen(
    doubts: list[Suspicion], answers: tuple[Answer, ...], subject: Subject
) -> Firm | Human | None:
    """The record that a person chose, if it is one of those in doubt."""
    if not answers or not doubts:
        return None
    wanted = {answer.same_as for answer in answers if answer.subject == subject} - {None}
    return next((doubt.other for doubt in doubts if doubt.other.id in wanted), None)


def _once(doubts: list[Suspicion]) -> list[Suspicion]:
    seen: dict[int, Suspicion] = {}
    for doubt in doubts:
        seen.setdefault(id(doubt.other), doubt)
    return list(seen.values())
