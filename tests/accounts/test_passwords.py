"""What is a good password, and how it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.accounts.passwords import (
    HASHER,
    PasswordProblem,
    hash_password,
    needs_rehash,
    password_problem,
    verify_password,
)

EMAIL = "sanne.wolters@voorbeeld.example"


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("kort", PasswordProblem.TOO_SHORT),
        ("elf letters", PasswordProblem.TOO_SHORT),
        ("x" * 201, PasswordProblem.TOO_LONG),
        ("aaaaaaaaaaaa", PasswordProblem.COMMON),
        ("123456789012", PasswordProblem.COMMON),
        ("Wachtwoord123!", PasswordProblem.COMMON),
        ("W@chtw00rd2024", PasswordProblem.COMMON),
        ("welkomwelkom", PasswordProblem.COMMON),
        ("Overijssel2026", PasswordProblem.COMMON),
        ("qwertyuiopas", PasswordProblem.COMMON),
        ("2026-05-04-12:00", PasswordProblem.COMMON),
        ("Sanne.Wolters@voorbeeld.example", PasswordProblem.OWN_EMAIL),
        ("sanne.wolters", PasswordProblem.OWN_EMAIL),
        ("paard batterij nietje", None),
        ("вода дерево камень", None),
        ("tR7#kq9!zLw2", None),
    ],
)
def test_a_password_is_judged(password: str, problem: PasswordProblem | None) -> None:
    assert password_problem(password, email=EMAIL) is problem


@given(st.text(max_size=210))
def test_any_text_is_judged(password: str) -> None:
    assert password_problem(password, email=EMAIL) in {*PasswordProblem, None}


def test_only_the_right_password_is_right() -> None:
    kept = hash_password("paard batterij nietje")
    assert verify_password(kept, "paard batterij nietje")
    assert not verify_password(kept, "paard batterij nietjes")
    assert not verify_password("geen hash", "paard batterij nietje")
    assert not verify_password(None, "nobody has this password")


def test_one_letter_typed_in_two_ways_is_one_password() -> None:
    assert verify_password(hash_password("caf\u00e9 aan het plein"), "cafe\u0301 aan het plein")


def test_the_parameters_are_those_of_owasp() -> None:
    kept = hash_password("paard batterij nietje")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_rehash(kept)
    assert needs_rehash(kept.replace("t=2", "t=1"))
    assert HASHER.salt_len == 16
