"""What may happen to a prospect, what a note holds, when somebody deserves a word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.programmes.rules import Refused
from pioneers.relations.models import NoteKind, Side, Stage
from pioneers.relations.rules import (
    OPEN,
    THANK_FOR_DAYS,
    NoteDraft,
    ProspectDraft,
    anniversary,
    check_move,
    check_note,
    check_prospect,
    is_silent,
    next_stage,
)

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


def test_each_open_stage_leads_to_the_next_and_the_last_one_to_joining() -> None:
    assert [next_stage(stage) for stage in OPEN] == [*OPEN[1:], None]
    assert next_stage(Stage.ENDED) is None


@pytest.mark.parametrize("to", OPEN)
def test_one_moves_freely_among_the_open_stages(to: Stage) -> None:
    check_move(Stage.AGREED, to)


@pytest.mark.parametrize(
    ("stage", "to", "code"),
    [
        (Stage.ENDED, Stage.SPOTTED, "not_open"),
        (Stage.JOINED, Stage.SPOTTED, "not_open"),
        (Stage.SPOTTED, Stage.JOINED, "stage_unknown"),
        (Stage.SPOTTED, Stage.ENDED, "stage_unknown"),
    ],
)
def test_joining_and_ending_are_no_moves(stage: Stage, to: Stage, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_move(stage, to)


@pytest.mark.parametrize(("name", "code"), [("  ", "name_missing"), ("x" * 161, "name_long")])
def test_a_prospect_has_a_name(name: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_prospect(ProspectDraft(Side.FAN, name))


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (NoteDraft(NoteKind.CALL, TODAY, " "), "text_missing"),
        (NoteDraft(NoteKind.CALL, TODAY, "x" * 4001), "text_long"),
        (NoteDraft(NoteKind.CALL, TODAY + timedelta(days=1), "Belt"), "note_in_future"),
        (NoteDraft(NoteKind.CALL, TODAY, "Belt", "", TODAY), "step_missing"),
        (
            NoteDraft(NoteKind.CALL, TODAY, "Belt", "Bellen", TODAY - timedelta(days=1)),
            "due_before_note",
        ),
    ],
)
def test_a_note_that_cannot_be_is_refused(draft: NoteDraft, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_note(draft, TODAY)


def test_silence_begins_on_the_day_of_the_setting() -> None:
    assert not is_silent(TODAY - timedelta(days=59), TODAY, 60)
    assert is_silent(TODAY - timedelta(days=60), TODAY, 60)


@given(DAYS, DAYS)
def test_an_anniversary_is_whole_years_and_of_the_last_weeks(appointed: date, today: date) -> None:
    reached = anniversary(appointed, today)
    if reached is not None:
        assert reached.years >= 1
        assert timedelta(0) <= today - reached.day <= timedelta(days=THANK_FOR_DAYS)
        assert (reached.day.month, reached.day.day) in {
            (appointed.month, appointed.day),
            (2, 28),
        }


def test_who_was_appointed_on_the_leap_day_has_an_anniversary_each_year() -> None:
    reached = anniversary(date(2024, 2, 29), date(2026, 3, 1))
    assert reached is not None
    assert (reached.years, reached.day) == (2, date(2026, 2, 28))


def test_the_day_of_the_appointment_itself_is_no_anniversary() -> None:
    assert anniversary(TODAY, TODAY) is None
    assert anniversary(date(2025, 12, 20), date(2026, 1, 5)) is None
