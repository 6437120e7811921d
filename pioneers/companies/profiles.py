"""What the figures take from a company."""

from dataclasses import dataclass
from typing import Any

from pioneers.companies.rules import size_class, target_verdict
from pioneers.programmes.rules import TargetGroup
from pioneers.programmes.sectors import counting_section


@dataclass(frozen=True, slots=True)
class Facts:
    """What a profile follows from."""

    municipality_code: str | None = None
    sector_code: str | None = None
    sector_version: str | None = None
    employees: int | None = None
    turnover: int | None = None
    balance: int | None = None


def profile_values(facts: Facts, limits: TargetGroup) -> dict[str, Any]:
    """The columns of a profile that follow from a company's facts."""
    return {
        "municipality_code": facts.municipality_code,
        "sector": counting_section(facts.sector_code, facts.sector_version or "2008")
        if facts.sector_code
        else None,
        "size_class": size_class(facts.employees),
        "target_verdict": target_verdict(
            employees=facts.employees,
            turnover=facts.turnover,
            balance=facts.balance,
            limits=limits,
        ),
    }
