"""What anybody may type into a public form is recognised, and adds nothing to what is known."""

from datetime import date

from sqlalchemy.orm import Session

from pioneers.companies.identity import Claim
from pioneers.companies.intake import take_in
from pioneers.companies.models import Company, Person
from pioneers.companies.names import parse_name
from pioneers.programmes.models import Programme

DAY = date(2018, 5, 1)


def test_a_stranger_cannot_give_somebody_another_address(
    session: Session, programme: Programme
) -> None:
    known = Claim(company_name="Nijhuis Kozijnen", name=parse_name("Gerben Nijhuis"))
    typed = Claim(
        company_name="Nijhuis Kozijnen",
        name=parse_name("Gerben Nijhuis"),
        email="gerben@vreemd.example",
        phone="+31612121212",
        is_unproven=True,
    )
    (first,) = take_in(session, programme=programme, claims=[known], day=DAY)
    (second,) = take_in(session, programme=programme, claims=[typed], day=DAY)
    assert (second.person_id, second.company_id) == (first.person_id, first.company_id)
    person = session.get_one(Person, first.person_id)
    assert (person.email, person.phone) == (None, None)
    assert session.get_one(Company, first.company_id).web_domain is None


def test_who_is_new_is_kept_as_they_say(session: Session, programme: Programme) -> None:
    typed = Claim(
        company_name="Vos Coating",
        name=parse_name("Piet Vos"),
        email="piet@vos.example",
        is_unproven=True,
    )
    (taken,) = take_in(session, programme=programme, claims=[typed], day=DAY)
    assert session.get_one(Person, taken.person_id).email == "piet@vos.example"
