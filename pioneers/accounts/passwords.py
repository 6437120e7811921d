"""Passwords: what is a good one, and keeping only its argon2id hash."""

import enum
import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200

# OWASP's minimum for argon2id (password storage cheat sheet): 19 MiB, two passes, one lane.
# About 30 ms; the library's default takes ten times that and stalls a worker.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)

COMMON_WORDS = """
wachtwoord welkom welkomthuis geheim password passwort letmein iloveyou qwerty qwertyuiop
qwertyuiopasdf asdfghjkl azerty administrator admin login inloggen pioneers pioniers
overijssel provincie provincieoverijssel nederland zwolle enschede deventer zomer winter
herfst lente voetbal feyenoord ajax amsterdam correcthorsebatterystaple abc abcdefghijkl
trustno changeme monkey dragon sunshine princess football baseball master superman
"""
COMMON = frozenset(COMMON_WORDS.split())
RUNS = (
    "0123456789" * 3,
    "9876543210" * 3,
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)


class PasswordProblem(enum.StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    OWN_EMAIL = "own_email"


def password_problem(password: str, *, email: str) -> PasswordProblem | None:
    """What is wrong with `password` for the account `email`, or None.

    Length does the work; composition rules are left out, as NIST SP 800-63B advises.
    """
    if len(password) < SHORTEST:
        return PasswordProblem.TOO_SHORT
    if len(password) > LONGEST:
        return PasswordProblem.TOO_LONG
    folded = password.casefold()
    if email and (email.casefold() in folded or folded == email.casefold().split("@")[0]):
        return PasswordProblem.OWN_EMAIL
    return PasswordProblem.COMMON if _is_common(folded) else None


def _is_common(folded: str) -> bool:
    """A known word with digits and signs around it, one word repeated, or a run of keys."""
    if len(set(folded)) < 4 or any(folded in run for run in RUNS):
        return True
    word = re.sub(r"[\W\d_]+", "", folded)
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    undisguised = re.sub(r"[\W\d_]+", "", core.translate(str.maketrans("013457@$!", "oleastasi")))
    return any(text in COMMON or _repeats_common(text) for text in (word, undisguised)) or not word


def _repeats_common(text: str) -> bool:
    return any(
        len(text) % len(word) == 0 and word * (len(text) // len(word)) == text
        for word in COMMON
        if text and len(word) <= len(text)
    )


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    return HASHER.hash(_normal(password))


def verify_password(kept: str | None, password: str) -> bool:
    """Whether `password` is the one that was kept.

    Without an account (`kept` is None) the same work is done, so that time tells nothing.
    """
    try:
        matches = HASHER.verify(kept or _dummy(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return matches and kept is not None


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """One form for what looks the same, whichever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)


@cache
def _dummy() -> str:
    return HASHER.hash("nobody has this password")
