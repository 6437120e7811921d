"""Codes, visitors, and what can be asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.cards.models import Came, LeadKind
from pioneers.cards.rules import (
    NewRun,
    Owner,
    OwnerKind,
    check_run,
    new_code,
    normalised,
    parse_owner,
)
from pioneers.cards.together import Together
from pioneers.cards.visitors import Visitor, visitor_hash, visitor_of
from pioneers.cards.wishes import LeadDraft, check_lead
from pioneers.programmes.rules import Refused
from pioneers.web.tokens import LETTERS

TODAY = date(2026, 11, 24)
PIONEER = Owner(OwnerKind.PIONEER, 3)
codes = st.builds(new_code)


@given(codes)
def test_a_code_has_seven_signs_that_nobody_confuses(code: str) -> None:
    assert len(code) == 7
    assert not set(code) & set("01ILO")
    assert normalised(code) == code


@given(codes)
def test_small_letters_spaces_and_hyphens_are_the_same_code(code: str) -> None:
    assert normalised(f" {code[:3]}-{code[3:]} ".lower()) == code


@given(codes, st.integers(0, 6), st.sampled_from(LETTERS))
def test_one_letter_off_is_nobodys_code(code: str, place: int, letter: str) -> None:
    other = code[:place] + letter + code[place + 1 :]
    assert normalised(other) == (code if other == code else None)


@given(codes, st.integers(0, 5))
def test_two_letters_that_changed_places_are_nobodys_code(code: str, place: int) -> None:
    other = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert normalised(other) == (code if other == code else None)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_code_or_not(text: str) -> None:
    assert normalised(text) is None or len(normalised(text) or "") == 7


@given(st.text(max_size=20))
def test_whatever_is_sent_is_an_owner_or_not(text: str) -> None:
    found = parse_owner(text)
    assert found is None or parse_owner(str(found)) == found


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewRun(PIONEER, TODAY, 0), "quantity_range"),
        (NewRun(PIONEER, TODAY, 1001), "quantity_range"),
        (NewRun(PIONEER, TODAY, 10_001, is_single_code=True), "quantity_range"),
        (NewRun(PIONEER, TODAY + timedelta(days=91), 10), "printed_ahead"),
        (NewRun(PIONEER, TODAY, 10, remark="x" * 201), "words_long"),
    ],
)
def test_a_run_that_cannot_be_is_refused(new: NewRun, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_run(new, TODAY)


SAMSUNG = "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
CUBOT = "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/120 Mobile"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (SAMSUNG, Visitor.PERSON),
        (CUBOT, Visitor.PERSON),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", Visitor.PERSON),
        ("WhatsApp/2.23.20.0", Visitor.PREVIEW),
        ("facebookexternalhit/1.1 (+http://www.facebook.com)", Visitor.PREVIEW),
        ("Mozilla/5.0 (compatible; Twitterbot/1.0)", Visitor.PREVIEW),
        ("LinkedInBot/1.0 (compatible; Mozilla/5.0)", Visitor.PREVIEW),
        ("TelegramBot (like TwitterBot)", Visitor.PREVIEW),
        ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", Visitor.PREVIEW),
        ("Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5", Visitor.PREVIEW),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Visitor.BOT),
        ("Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2)", Visitor.BOT),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", Visitor.BOT),
        ("curl/8.5.0", Visitor.BOT),
        ("python-requests/2.32", Visitor.BOT),
        ("Mozilla/5.0 HeadlessChrome/130.0.0.0 Safari/537.36", Visitor.BOT),
        ("", Visitor.BOT),
        ("Mozilla", Visitor.BOT),
    ],
)
def test_machines_and_previews_are_told_from_people(agent: str, expected: Visitor) -> None:
    assert visitor_of("GET", agent, {}) == expected


def test_a_browser_that_looks_ahead_is_no_visit() -> None:
    assert visitor_of("GET", SAMSUNG, {"Sec-Purpose": "prefetch;prerender"}) == Visitor.PREVIEW
    assert visitor_of("HEAD", SAMSUNG, {}) == Visitor.HEAD


def test_a_hash_differs_by_day_and_person_and_holds_no_address() -> None:
    one = visitor_hash(b"1" * 32, "192.0.2.7", SAMSUNG, "nl")
    assert one == visitor_hash(b"1" * 32, "192.0.2.7", SAMSUNG, "nl")
    assert len(one) == 16
    assert one != visitor_hash(b"2" * 32, "192.0.2.7", SAMSUNG, "nl")
    assert one != visitor_hash(b"1" * 32, "192.0.2.8", SAMSUNG, "nl")
    assert one != visitor_hash(b"1" * 32, "192.0.2.7", CUBOT, "nl")


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (LeadDraft(LeadKind.QUESTION, Came.TYPED, name="A", email="a@b.nl"), "text_missing"),
        (LeadDraft(LeadKind.QUESTION, Came.TYPED, "Hoe?", name="A"), "email_missing"),
        (LeadDraft(LeadKind.CALL, Came.TYPED, name="A", email="a@b.nl"), "phone_missing"),
        (LeadDraft(LeadKind.CIRCLE, Came.TYPED, name="A"), "email_missing"),
        (LeadDraft(LeadKind.NEWS, Came.TYPED, email="a@b.nl"), "name_missing"),
        (LeadDraft(LeadKind.QUESTION, Came.TYPED, "x" * 4001, "A", "", "a@b.nl"), "text_long"),
    ],
)
def test_only_what_is_needed_is_asked(draft: LeadDraft, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_lead(draft)


def test_a_problem_of_the_work_reaches_whoever_waits_for_it() -> None:
    def work(_numbers: object) -> list[int]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Together(work).do(1)
    assert Together(lambda numbers: [2 * one for one in numbers]).do(4) == 8
