"""Enums of companies and people, and the verdicts on size. Matching is in identity.py."""

import enum
from functools import lru_cache

from pioneers.programmes.rules import TargetGroup, Verdict


class Subject(enum.StrEnum):
    """What can be double: a company or a person."""

    COMPANY = "company"
    PERSON = "person"


class DoubtReason(enum.StrEnum):
    """Why two records may be one."""

    SAME_NAME = "same_name"
    LIKE_NAME = "like_name"
    SAME_DOMAIN = "same_domain"
    SAME_MAILBOX = "same_mailbox"
    SAME_PHONE = "same_phone"
    NAMESAKE = "namesake"


class Settlement(enum.StrEnum):
    """A person's answer to a doubt."""

    SAME = "same"
    DIFFERENT = "different"


class SizeClass(enum.StrEnum):
    """Employees in classes that keep to the target group's limits."""

    MICRO = "1-5"
    SMALL_LOW = "6-9"
    SMALL = "10-49"
    MEDIUM = "50-249"
    LARGE = "250+"
    UNKNOWN = "unknown"


@lru_cache(maxsize=1024)
def size_class(employees: int | None) -> SizeClass:
    """The class of a number of employees (heads)."""
    if employees is None:
        return SizeClass.UNKNOWN
    for limit, name in ((5, SizeClass.MICRO), (9, SizeClass.SMALL_LOW), (49, SizeClass.SMALL)):
        if employees <= limit:
            return name
    return SizeClass.MEDIUM if employees <= 249 else SizeClass.LARGE


def _money_verdict(turnover: int | None, balance: int | None, limits: TargetGroup) -> Verdict:
    """Turnover OR balance sheet within its limit (Recommendation 2003/361/EC, article 2)."""
    known = [
        value <= limit
        for value, limit in ((turnover, limits.turnover_max), (balance, limits.balance_max))
        if value is not None
    ]
    if any(known):
        return Verdict.YES
    return Verdict.NO if len(known) == 2 else Verdict.UNKNOWN


def _joined(heads: Verdict, money: Verdict) -> Verdict:
    """Both must hold: one no decides, and unknown otherwise stays unknown."""
    if Verdict.NO in (heads, money):
        return Verdict.NO
    return Verdict.YES if heads == money == Verdict.YES else Verdict.UNKNOWN


@lru_cache(maxsize=4096)
def target_verdict(
    *, employees: int | None, turnover: int | None, balance: int | None, limits: TargetGroup
) -> Verdict:
    """Whether a company lies in the programme's target group.

    Lists of hosts never hold turnover or balance. So the number of employees decides as long as no
    amount is known; a known amount outside both limits makes it a no (docs/counting.md says so).
    """
    if employees is None:
        return Verdict.UNKNOWN
    heads = Verdict.YES if limits.employees_min <= employees <= limits.employees_max else Verdict.NO
    money = _money_verdict(turnover, balance, limits)
    if money == Verdict.UNKNOWN:
        return heads
    return _joined(heads, money)


EU_SME = TargetGroup(0, 249, 50_000_000, 43_000_000)


def sme_verdict(
    *, annual_work_units: int | None, turnover: int | None, balance: int | None
) -> Verdict:
    """Whether a company is an SME after Recommendation 2003/361/EC (strict on unknowns)."""
    if annual_work_units is None:
        heads = Verdict.UNKNOWN
    else:
        heads = Verdict.YES if annual_work_units <= EU_SME.employees_max else Verdict.NO
    return _joined(heads, _money_verdict(turnover, balance, EU_SME))
