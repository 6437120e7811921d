"""Who gets a seat, who is next, and until when: rules alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.events.models import Event, EventKind, EventStatus
from pioneers.programmes.rules import Refused
from pioneers.registrations import rules
from pioneers.registrations.models import EventQuestion, QuestionKind
from pioneers.registrations.rules import Colleague, Phase, RegistrationDraft

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def event(**facts: object) -> Event:
    """An event in two weeks."""
    given_facts = {
        "programme_id": 1,
        "occasion_id": 1,
        "title": "Avond",
        "kind": EventKind.TALK,
        "status": EventStatus.PLANNED,
        "starts_at": NOW + timedelta(days=14),
        "ends_at": NOW + timedelta(days=14, hours=2),
        "created_at": NOW,
        "published_at": NOW,
    }
    return Event(**given_facts | facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Phase.OPEN),
        ({"published_at": None}, Phase.HIDDEN),
        ({"status": EventStatus.PROPOSED}, Phase.HIDDEN),
        ({"status": EventStatus.CANCELLED}, Phase.CANCELLED),
        ({"status": EventStatus.CANCELLED, "published_at": None}, Phase.HIDDEN),
        ({"status": EventStatus.HELD}, Phase.OPEN),  # somebody was let in early
        ({"starts_at": NOW}, Phase.BEGUN),
        ({"starts_at": NOW - 2 * HOUR, "ends_at": NOW}, Phase.PAST),
    ],
)
def test_the_phase_follows_from_status_and_clock(facts: dict[str, object], expected: Phase) -> None:
    assert rules.phase(event(**facts), NOW) == expected
    if expected == Phase.OPEN:
        rules.check_open(event(**facts), NOW)
        return
    with pytest.raises(Refused) as refused:
        rules.check_open(event(**facts), NOW)
    assert refused.value.code == f"event_{expected}"


def test_a_host_can_register_people_before_the_event_is_published() -> None:
    rules.check_open(event(published_at=None), NOW, by_host=True)
    with pytest.raises(Refused):
        rules.check_open(event(published_at=None, starts_at=NOW), NOW, by_host=True)


@pytest.mark.parametrize(
    ("people", "capacity", "code"),
    [(9, None, ""), (10, None, "party_too_large"), (3, 3, ""), (4, 3, "party_above_capacity")],
)
def test_a_party_has_limits(people: int, capacity: int | None, code: str) -> None:
    if not code:
        rules.check_party(people, capacity=capacity)
        return
    with pytest.raises(Refused) as refused:
        rules.check_party(people, capacity=capacity)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("capacity", "code"),
    [
        (None, ""),
        (12, ""),
        (11, "capacity_below_taken"),
        (0, "capacity_range"),
        (100_001, "capacity_range"),
    ],
)
def test_a_room_never_gets_smaller_than_what_is_taken(capacity: int | None, code: str) -> None:
    if not code:
        rules.check_capacity(capacity, seats_taken=12)
        return
    with pytest.raises(Refused) as refused:
        rules.check_capacity(capacity, seats_taken=12)
    assert (refused.value.code, refused.value.field) == (code, "capacity")


def test_newcomers_get_free_seats_only_when_nobody_waits() -> None:
    assert rules.gets_seats(2, capacity=10, taken=8, somebody_waits=False)
    assert not rules.gets_seats(3, capacity=10, taken=8, somebody_waits=False)
    assert not rules.gets_seats(1, capacity=10, taken=8, somebody_waits=True)
    assert rules.gets_seats(9, capacity=None, taken=8000, somebody_waits=False)


def test_a_smaller_party_behind_does_not_pass_a_larger_one() -> None:
    waiting = [(1, 3), (2, 1)]
    assert rules.next_in_line(waiting, capacity=10, taken=8) == []
    assert rules.next_in_line(waiting, capacity=10, taken=7) == [1]
    assert rules.next_in_line(waiting, capacity=10, taken=6) == [1, 2]


def test_a_party_larger_than_the_room_is_passed_over() -> None:
    assert rules.next_in_line([(1, 6), (2, 2)], capacity=5, taken=3) == [2]


@given(
    st.lists(st.integers(1, 9), max_size=12),
    st.none() | st.integers(1, 30),
    st.integers(0, 30),
)
def test_who_is_next_fits_and_nobody_is_passed(
    sizes: list[int], capacity: int | None, taken: int
) -> None:
    if capacity is not None:
        taken = min(taken, capacity)
    waiting = list(enumerate(sizes))
    seated = rules.next_in_line(waiting, capacity=capacity, taken=taken)
    eligible = [party for party, people in waiting if capacity is None or people <= capacity]
    assert seated == eligible[: len(seated)]
    total = taken + sum(sizes[party] for party in seated)
    assert capacity is None or total <= capacity
    if len(seated) < len(eligible):
        assert capacity is not None
        assert total + sizes[eligible[len(seated)]] > capacity


@pytest.mark.parametrize(
    ("ahead", "until"),
    [
        (timedelta(days=14), timedelta(hours=48)),
        (timedelta(hours=50), timedelta(hours=47)),
        (timedelta(hours=24), timedelta(hours=21)),
        (timedelta(hours=23, minutes=59), None),
    ],
)
def test_there_is_time_to_confirm_but_never_until_the_doors_open(
    ahead: timedelta, until: timedelta | None
) -> None:
    expected = None if until is None else NOW + until
    assert rules.confirm_until(NOW, NOW + ahead) == expected


def question(number: int, **facts: object) -> EventQuestion:
    """A question of an event."""
    given_facts = {"event_id": 1, "position": number, "label": "?", "kind": QuestionKind.TEXT}
    made = EventQuestion(**given_facts | facts)  # type: ignore[arg-type]
    made.id = number
    return made


def test_answers_are_checked_against_their_questions() -> None:
    asked = [
        question(1, is_required=True),
        question(2, kind=QuestionKind.CHOICE, choices="vlees\n vegetarisch \n\nvegetarisch"),
    ]
    assert rules.choices_of(asked[1]) == ["vlees", "vegetarisch"]
    rules.check_answers(asked, {1: "ja", 2: "vegetarisch"})
    rules.check_answers(asked, {1: "ja", 2: ""})
    for answers, code in (
        ({2: "vlees"}, "answer_missing"),
        ({1: "ja", 2: "vis"}, "answer_unknown"),
        ({1: "x" * 501}, "answer_long"),
    ):
        with pytest.raises(Refused) as refused:
            rules.check_answers(asked, answers)
        assert refused.value.code == code


def test_consents_have_words_in_both_languages() -> None:
    for text in rules.CONSENTS.values():
        assert text.words("nl") == text.nl != text.en == text.words("en")


@pytest.mark.parametrize("name", ["", " ", "\x00\x01", "\u200b"])
def test_a_name_of_nothing_is_refused_at_its_field(name: str) -> None:
    with pytest.raises(Refused) as lead:
        rules.check_names(RegistrationDraft(name))
    with pytest.raises(Refused) as colleague:
        rules.check_names(RegistrationDraft("Anne", colleagues=(Colleague("Bo"), Colleague(name))))
    assert (lead.value.code, lead.value.field) == ("name_missing", "name")
    assert (colleague.value.code, colleague.value.field) == ("name_missing", "colleague_2")
