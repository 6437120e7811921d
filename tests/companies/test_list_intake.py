"""Taking in lists: nobody double, nobody made one silently."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.companies.identity import Answer, Certainty, Claim, Taken
from pioneers.companies.intake import CHUNK, take_in
from pioneers.companies.models import Company, CompanyProfile, Doubt, Employment, Person
from pioneers.companies.names import parse_name
from pioneers.companies.rules import DoubtReason, SizeClass, Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict
from pioneers.search.queries import find
from tests.factories import make_programme

DAY = date(2018, 5, 1)


def claim(company: str | None = "Bakkerij Eshuis B.V.", name: str = "", **says: object) -> Claim:
    """A row's claim; `name` as on a list."""
    return Claim(company_name=company, name=parse_name(name) if name else None, **says)  # type: ignore[arg-type]


def take(session: Session, programme: Programme, *claims: Claim, **more: object) -> list[Taken]:
    return take_in(session, programme=programme, claims=claims, day=DAY, **more)  # type: ignore[arg-type]


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_an_equal_kvk_number_is_the_same_company_whatever_its_name(
    session: Session, programme: Programme
) -> None:
    first, second = take(
        session,
        programme,
        claim("Eshuis B.V.", kvk_number="04894092"),
        claim("Bakkerij aan de Markt", kvk_number="04894092", employees=12),
    )
    assert first.company_id == second.company_id
    assert second.company_why == "kvk"
    company = session.get_one(Company, first.company_id)
    assert company.employees == 12


def test_an_own_domain_is_the_same_company_and_a_providers_is_not(
    session: Session, programme: Programme
) -> None:
    own = take(
        session,
        programme,
        claim("Eshuis", "Jan Smit", email="jan@eshuis.example"),
        claim("Eshuis Bakkers", "An Bos", email="an@eshuis.example"),
        claim("Vos Coating", "Piet Vos", email="piet.vos@gmail.com"),
        claim("Drost Textiel", "Kim Drost", email="kim.drost@gmail.com"),
    )
    assert own[0].company_id == own[1].company_id
    assert own[2].company_id != own[3].company_id
    assert count(session, Doubt) == 0


def test_one_domain_with_two_numbers_is_two_companies_and_a_doubt(
    session: Session, programme: Programme
) -> None:
    first, second = take(
        session,
        programme,
        claim("Eshuis B.V.", kvk_number="11111111", web_domain="eshuis.example"),
        claim("Eshuis Vastgoed B.V.", kvk_number="22222222", web_domain="eshuis.example"),
    )
    assert first.company_id != second.company_id
    assert [doubt.reason for doubt in second.doubts] == [DoubtReason.SAME_DOMAIN]


def test_name_and_postcode_are_sure_but_a_name_alone_is_doubtful(
    session: Session, programme: Programme
) -> None:
    first, second, third, fourth = take(
        session,
        programme,
        claim("Eshuis B.V.", "Jan Smit", postcode="8012 AB"),
        claim("ESHUIS BV", "An Bos", postcode="8012 AB"),
        claim("Eshuis", "Kim Vos"),
        claim("Eshuis Groep", "Leo Mulder", postcode="8012 AB"),
    )
    assert (second.company_id, second.company_why) == (first.company_id, "name_postcode")
    assert third.made_company
    assert third.certainty == Certainty.DOUBTFUL
    assert third.doubts[0].reason == DoubtReason.SAME_NAME
    assert fourth.made_company
    assert fourth.certainty == Certainty.DOUBTFUL


def test_a_typing_error_raises_a_doubt(session: Session, programme: Programme) -> None:
    _, second = take(
        session,
        programme,
        claim("Schuurman Machinefabriek", kvk_number="11111111", place="Zwolle"),
        claim("Schuurman Machinefabrik", "Jan Smit", place="Zwolle"),
    )
    assert [doubt.reason for doubt in second.doubts] == [DoubtReason.LIKE_NAME]


def test_namesakes_with_their_own_numbers_raise_no_doubt(
    session: Session, programme: Programme
) -> None:
    first, second = take(
        session,
        programme,
        claim("Jansen Bouw", kvk_number="11111111"),
        claim("Jansen Bouw", kvk_number="22222222"),
    )
    assert first.company_id != second.company_id
    assert second.doubts == ()


def test_a_person_is_known_by_address_when_the_name_does_not_contradict(
    session: Session, programme: Programme
) -> None:
    rows = take(
        session,
        programme,
        claim("Eshuis", "Koster, M. (Marieke)", email="m.koster@eshuis.example"),
        claim("Eshuis", "Marieke Koster", email="m.koster@eshuis.example"),
        claim("Eshuis", "M. Koster", email="m.koster@eshuis.example"),
        claim("Eshuis", "Piet Jansen", email="m.koster@eshuis.example"),
    )
    assert len({row.person_id for row in rows[:3]}) == 1
    assert [row.why for row in rows[:3]] == ["", "email", "email"]
    assert rows[3].made_person
    assert rows[3].doubts == ()


def test_a_shared_mailbox_makes_nobody_the_same(session: Session, programme: Programme) -> None:
    rows = take(
        session,
        programme,
        claim("Eshuis", "Marieke Koster", email="info@eshuis.example"),
        claim("Eshuis", "Jan Smit", email="info@eshuis.example"),
        claim("Eshuis", "M. Koster", email="info@eshuis.example"),
        claim("Eshuis", "Marieke Koster", email="info@eshuis.example"),
    )
    assert rows[0].person_id != rows[1].person_id
    assert rows[2].certainty == Certainty.DOUBTFUL
    assert rows[2].doubts[0].reason == DoubtReason.SAME_MAILBOX
    assert rows[3].person_id == rows[0].person_id
    people = session.scalars(select(Person).order_by(Person.id)).all()
    assert {person.email for person in people} == {"info@eshuis.example"}


def test_a_full_name_at_the_same_company_is_sure_unless_addresses_differ(
    session: Session, programme: Programme
) -> None:
    number = {"kvk_number": "11111111"}
    rows = take(
        session,
        programme,
        claim("Eshuis", "Marieke van der Koster", **number),
        claim("Eshuis", "KOSTER, V.D. (Marieke)".replace("V.D.", "van der"), **number),
        claim("Eshuis", "M. van der Koster", **number),
        claim("Eshuis", "Jan Bos", email="jan@eshuis.example", **number),
        claim("Eshuis", "Jan Bos", email="j.bos@eshuis.example", **number),
    )
    assert rows[0].person_id == rows[1].person_id
    assert rows[1].why == "name_company"
    assert rows[2].certainty == Certainty.DOUBTFUL
    assert rows[4].certainty == Certainty.DOUBTFUL
    assert rows[4].doubts[0].reason == DoubtReason.SAME_NAME


def test_a_namesake_at_another_company_is_another_person(
    session: Session, programme: Programme
) -> None:
    rows = take(
        session,
        programme,
        claim("Eshuis", "Jan Jansen", kvk_number="11111111"),
        claim("Vos", "Jan Jansen", kvk_number="22222222"),
        claim("Bos", "Jan Jansen", kvk_number="33333333", phone="+31612345678"),
        claim("Drost", "Jan Jansen", kvk_number="44444444", phone="+31612345678"),
    )
    assert len({row.person_id for row in rows}) == 4
    assert [len(row.doubts) for row in rows] == [0, 0, 0, 1]
    assert rows[3].doubts[0].reason == DoubtReason.SAME_PHONE


def test_a_person_who_changes_companies_keeps_both(session: Session, programme: Programme) -> None:
    rows = take(
        session,
        programme,
        claim("Eshuis", "Jan Jansen", kvk_number="11111111", email="janjansen@gmail.com"),
        claim("Vos", "Jan Jansen", kvk_number="22222222", email="janjansen@gmail.com"),
    )
    assert rows[0].person_id == rows[1].person_id
    assert count(session, Employment) == 2


def test_a_new_company_gets_its_class_its_verdict_and_a_place_in_the_search(
    session: Session, programme: Programme
) -> None:
    (row,) = take(
        session, programme, claim("Hofsté B.V.", "Zoë Bos", employees=40, kvk_number="04894092")
    )
    profile = session.scalars(select(CompanyProfile)).one()
    assert profile.size_class == SizeClass.SMALL
    assert profile.target_verdict == Verdict.YES
    assert profile.canonical_id == row.company_id
    for text in ("hofste", "0489"):
        hits = find(session, programme_id=programme.id, text=text)
        assert row.company_id in {hit.record_id for hit in hits}


def test_what_fills_a_blank_is_told_before_the_profile_changes(
    session: Session, programme: Programme
) -> None:
    (row,) = take(session, programme, claim(kvk_number="11111111"))
    told: list[tuple[list[int], int]] = []

    def tell(ids: list[int]) -> None:
        told.append((ids, count(session, CompanyProfile)))

    full = claim(kvk_number="11111111", employees=9)
    take(session, programme, full, on_profile_change=tell)
    take(session, programme, full, on_profile_change=tell)
    assert told == [([row.company_id], 1)]
    profiles = session.scalars(select(CompanyProfile).order_by(CompanyProfile.id)).all()
    assert [profile.size_class for profile in profiles] == [SizeClass.UNKNOWN, SizeClass.SMALL_LOW]
    assert profiles[0].known_to == profiles[1].known_from


def test_a_choice_at_the_preview_decides(session: Session, programme: Programme) -> None:
    (known,) = take(session, programme, claim("Eshuis", "Jan Bos", kvk_number="11111111"))
    doubtful = claim("Eshuis B.V.", "An Smit")
    same = Answer(Subject.COMPANY, known.company_id)
    (joined,) = take(session, programme, doubtful, answers={0: same})
    assert (joined.company_id, joined.company_why) == (known.company_id, "chosen")
    other = Answer(Subject.COMPANY, None)
    (apart,) = take(session, programme, claim("Eshuis", "Kim Vos"), answers={0: other})
    assert apart.made_company
    assert apart.certainty == Certainty.NEW
    assert session.scalars(select(Doubt)).one().settled_at is not None


def test_another_programme_is_never_looked_into(session: Session, programme: Programme) -> None:
    other = make_programme(session)
    row = claim("Eshuis", "Jan Bos", kvk_number="11111111", email="jan@eshuis.example")
    (here,), (there,) = take(session, programme, row), take(session, other, row)
    assert here.company_id != there.company_id
    assert here.person_id != there.person_id


def test_a_row_may_hold_a_company_or_a_person_alone(session: Session, programme: Programme) -> None:
    company, person, again, nothing = take(
        session,
        programme,
        claim("Eshuis"),
        claim(None, "Jan Bos", email="janbos@gmail.com"),
        claim("Eshuis"),
        claim(None),
    )
    assert (company.person_id, person.company_id) == (None, None)
    assert again.company_id == company.company_id
    assert (nothing.person_id, nothing.company_id) == (None, None)


def test_too_many_claims_at_once_are_refused(session: Session, programme: Programme) -> None:
    with pytest.raises(ValueError, match=str(CHUNK)):
        take(session, programme, *[claim("Eshuis")] * (CHUNK + 1))


def test_hostile_and_long_text_is_taken_as_text(session: Session, programme: Programme) -> None:
    (row,) = take(session, programme, claim("'; DROP TABLE company; --" + "x" * 300, "% _ \\"))
    assert len(session.get_one(Company, row.company_id).name) == 200


NAMES = st.sampled_from(["Jan Bos", "J. Bos", "Bos", "Piet Bos", "Jan van Bos", "An Smit"])
PLACES = st.sampled_from([None, "Zwolle", "Goor"])
CLAIMS = st.lists(
    st.one_of(
        st.builds(
            claim,
            st.sampled_from(["Eshuis", "Eshuis B.V.", "Eshuis Groep", "Eshiuis"]),
            NAMES,
            kvk_number=st.sampled_from([None, "11111111", "22222222"]),
            email=st.sampled_from([None, "jan@eshuis.example", "info@eshuis.example"]),
            place=PLACES,
        ),
        st.builds(
            claim,
            st.sampled_from(["Vos Coating", "Vos Coating & Zn.", None]),
            NAMES,
            email=st.sampled_from([None, "jbos@gmail.com"]),
            postcode=st.sampled_from([None, "8012 AB"]),
            place=PLACES,
        ),
    ),
    max_size=6,
)


@given(claims=CLAIMS)
@settings(max_examples=25)
def test_whatever_the_order_two_numbers_never_become_one(
    session: Session, programme: Programme, claims: list[Claim]
) -> None:
    with session.begin_nested() as savepoint:
        rows = take(session, programme, *claims)
        numbers: dict[int | None, set[str]] = {}
        for row, said in zip(rows, claims, strict=True):
            if said.kvk_number and said.company_name:
                numbers.setdefault(row.company_id, set()).add(said.kvk_number)
        assert all(len(found) == 1 for found in numbers.values())
        savepoint.rollback()


@given(claims=CLAIMS)
@settings(max_examples=25)
def test_taking_in_the_same_list_twice_changes_nothing(
    session: Session, programme: Programme, claims: list[Claim]
) -> None:
    with session.begin_nested() as savepoint:
        take(session, programme, *claims)
        take(session, programme, *claims)
        before = [count(session, model) for model in (Company, Person, Employment, Doubt)]
        again = take(session, programme, *claims)
        after = [count(session, model) for model in (Company, Person, Employment, Doubt)]
        assert after == before
        assert not any(row.made_company or row.made_person for row in again)
        savepoint.rollback()
