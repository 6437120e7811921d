"""Making a programme, its places, its targets and its settings."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pioneers.programmes import queries
from pioneers.programmes.actions import (
    change_settings,
    create_programme,
    load_places,
    settings_of,
)
from pioneers.programmes.models import ActivationKind, Municipality, Place, Programme, Target
from pioneers.programmes.rules import Indicator, Refused, Stale, Unit
from pioneers.programmes.targets import set_target

ENDED = {"starts_on": date(2016, 1, 1), "ends_on": date(2019, 12, 31)}


def make(session: Session, **facts: object) -> Programme:
    given: dict[str, object] = {
        "slug": "slimmer",
        "name": "Slimmer werken",
        **ENDED,
        "aware": 450,
        "activated": 100,
        "actor_id": None,
    }
    return create_programme(session, **(given | facts))  # type: ignore[arg-type]


def test_places_are_loaded_once_however_often(session: Session) -> None:
    load_places(session)
    places = session.scalar(select(func.count()).select_from(Place))
    load_places(session)
    assert session.scalar(select(func.count()).select_from(Place)) == places
    found = session.scalars(select(Municipality)).all()
    assert len(found) == 25
    assert len({(one.tile_column, one.tile_row) for one in found}) == 25
    book = queries.place_book(session)
    names = queries.municipality_names(session)
    for place, municipality in (
        ("Rijssen", "Rijssen-Holten"),
        ("Nijverdal", "Hellendoorn"),
        ("Vriezenveen", "Twenterand"),
        ("Goor", "Hof van Twente"),
        ("Wijhe", "Olst-Wijhe"),
        ("Denekamp", "Dinkelland"),
        ("Hasselt", "Zwartewaterland"),
        ("Steenwijk", "Steenwijkerland"),
    ):
        assert names[book.municipality(place) or ""] == municipality
    assert {book.municipality(name) for name in names.values()} == set(names)


def test_a_new_programme_has_targets_and_a_catalogue(session: Session) -> None:
    programme = make(session, aware_unit=Unit.PEOPLE)
    targets = queries.targets_of(session, programme)
    assert [(t.indicator, t.value, t.due_on) for t in targets] == [
        (Indicator.ACTIVATED, 100, date(2019, 12, 31)),
        (Indicator.AWARE, 450, date(2019, 12, 31)),
    ]
    kinds = session.scalars(
        select(ActivationKind).where(ActivationKind.programme_id == programme.id)
    ).all()
    assert len(kinds) >= 5
    assert all(kind.name_nl and kind.name_en and kind.proof_nl for kind in kinds)


def test_an_address_is_given_once(session: Session) -> None:
    make(session)
    with pytest.raises(Refused) as refused:
        make(session)
    assert refused.value.code == "slug_taken"


def test_a_changed_target_keeps_the_old_one_with_its_reason(session: Session) -> None:
    programme = make(session)
    old = queries.final_target(session, programme, Indicator.AWARE)
    assert old is not None
    facts = {"programme": programme, "indicator": Indicator.AWARE, "due_on": old.due_on}
    with pytest.raises(Refused) as refused:
        set_target(session, **facts, value=500, actor_id=None, replaces=old.id)
    assert refused.value.code == "reason_missing"
    new = set_target(
        session, **facts, value=500, actor_id=None, replaces=old.id, reason="Besluit van GS"
    )
    assert old.replaced_by_id == new.id
    assert queries.final_target(session, programme, Indicator.AWARE) is new
    with pytest.raises(Stale) as stale:
        set_target(session, **facts, value=600, actor_id=None, replaces=old.id, reason="Ook ik")
    assert stale.value.current is new
    assert len(queries.target_history(session, programme)) == 3


def test_sub_targets_lie_before_the_final_one_and_on_days_of_their_own(session: Session) -> None:
    programme = make(session)

    def share(day: date) -> Target:
        return set_target(
            session,
            programme=programme,
            indicator=Indicator.AWARE,
            value=100,
            due_on=day,
            is_final=False,
            actor_id=None,
        )

    share(date(2016, 12, 31))
    for day, code in (
        (date(2016, 12, 31), "target_same_day"),
        (date(2019, 12, 31), "target_same_day"),
        (date(2020, 12, 31), "target_after_final"),
    ):
        with pytest.raises(Refused) as refused:
            share(day)
        assert refused.value.code == code


def test_the_second_of_two_who_change_the_settings_is_told(session: Session) -> None:
    programme = make(session)
    first = replace(settings_of(programme), name="Nieuwe naam")
    change_settings(session, programme=programme, settings=first, version=1, actor_id=None)
    with pytest.raises(Stale):
        change_settings(session, programme=programme, settings=first, version=1, actor_id=None)
    assert (programme.name, programme.version) == ("Nieuwe naam", 2)
