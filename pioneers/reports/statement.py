"""A programme's statement: every figure of a scope at once, as the command prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import count_pioneers
from pioneers.events.queries import events_held
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Indicator
from pioneers.reach.figures import by_day, reached_on, target_value
from pioneers.reach.rules import MEASURES, Measures, Scope
from pioneers.reports.queries import count_active_fans, steps_known
from pioneers.reports.rules import Standing, added, final_step, standing

AnySession = Session | scoped_session[Session]
Days = list[tuple[date, Measures]]


@dataclass(frozen=True)
class Statement:
    """All figures of a scope; `days` holds the same facts by day."""

    programme: Programme
    scope: Scope
    measures: Measures
    days: Days
    targets: tuple[Standing, ...]
    events_held: int
    pioneers: int
    fans: int


def statement(session: AnySession, programme: Programme, scope: Scope) -> Statement:
    """Ask every figure of the scope. Its cost does not grow with people, companies or contacts."""
    days = by_day(session, programme, scope)
    measures = added(of_day for _day, of_day in days)
    steps = steps_known(session, programme, scope.known_on)
    standings = tuple(
        _standing(programme, scope, indicator, days, measures, steps.get(indicator, []))
        for indicator in Indicator
    )
    return Statement(
        programme=programme,
        scope=scope,
        measures=measures,
        days=days,
        targets=standings,
        events_held=events_held(session, programme, scope),
        pioneers=count_pioneers(session, programme, scope.as_of),
        fans=count_active_fans(session, programme),
    )


def first_day(programme: Programme) -> date:
    """The day from which progress is expected: the programme's first, or when it was made."""
    return programme.starts_on or clock.local(programme.created_at).date()


def _standing(
    programme: Programme,
    scope: Scope,
    indicator: Indicator,
    days: Days,
    measures: Measures,
    steps: Sequence[Any],
) -> Standing:
    """A target is compared from the programme's beginning only: a period has no target."""
    unit = programme.aware_unit if indicator == Indicator.AWARE else programme.activated_unit
    value = target_value(programme, indicator, measures)
    if scope.since is not None:
        return Standing(indicator, unit, value)
    final = final_step(steps)
    return standing(
        indicator,
        unit,
        value,
        steps,
        day=scope.as_of,
        starts_on=first_day(programme),
        reached_on=reached_on(days, programme, indicator, final.value) if final else None,
    )


def as_json(told: Statement) -> dict[str, Any]:
    """The statement in the shape that `pioneers figures --json` promises."""
    known_on = told.scope.known_on or clock.today()
    answer: dict[str, Any] = {
        "programme": told.programme.slug,
        "as_of": told.scope.as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "targets": [
            {
                "indicator": each.indicator.value,
                "target": each.target,
                "unit": each.unit.value,
                "value": each.value,
            }
            for each in told.targets
        ],
    }
    answer |= {name: getattr(told.measures, name) for name in MEASURES}
    answer |= {
        "events_held": told.events_held,
        "pioneers": told.pioneers,
        "fans": told.fans,
    }
    return answer
