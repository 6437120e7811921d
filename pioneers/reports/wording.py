"""The sentence on top of the progress page, and the words of a target."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from pioneers.programmes.rules import Indicator, Unit
from pioneers.reports.rules import Progress, Standing
from pioneers.reports.statement import Statement
from pioneers.web.formats import day, number


def headline(told: Statement) -> str:
    """The answer to "where do we stand", in one or two sentences."""
    aware, activated = told.targets
    first = _(
        "%(aware)s and %(activated)s, with %(pioneers)s at %(events)s.",
        aware=_aware_clause(aware),
        activated=_activated_clause(activated),
        pioneers=ngettext(
            "%(count)s pioneer", "%(count)s pioneers", told.pioneers, count=number(told.pioneers)
        ),
        events=ngettext(
            "%(count)s event", "%(count)s events", told.events_held, count=number(told.events_held)
        ),
    )
    closing = targets_sentence(told.targets)
    return f"{first} {closing}" if closing else first


def _aware_clause(target: Standing) -> str:
    count = number(target.value)
    if target.unit == Unit.PEOPLE:
        return ngettext(
            "%(count)s entrepreneur was made aware",
            "%(count)s entrepreneurs were made aware",
            target.value,
            count=count,
        )
    return ngettext(
        "%(count)s company was made aware",
        "%(count)s companies were made aware",
        target.value,
        count=count,
    )


def _activated_clause(target: Standing) -> str:
    count = number(target.value)
    if target.unit == Unit.PEOPLE:
        return ngettext(
            "%(count)s entrepreneur took action",
            "%(count)s entrepreneurs took action",
            target.value,
            count=count,
        )
    return ngettext(
        "%(count)s company took action",
        "%(count)s companies took action",
        target.value,
        count=count,
    )


def targets_sentence(targets: Sequence[Standing]) -> str:
    """What became of the targets; empty when there are none."""
    judged = [each for each in targets if each.progress != Progress.NO_TARGET]
    if not judged:
        return ""
    states = {each.progress for each in judged}
    if len(judged) == 2 and len(states) == 1:
        return _both(judged[0].progress)
    clauses = [_one(each) for each in judged]
    if len(clauses) == 1:
        return _("%(clause)s.", clause=_capital(clauses[0]))
    return _("%(first)s; %(second)s.", first=_capital(clauses[0]), second=clauses[1])


def _both(state: Progress) -> str:
    return {
        Progress.REACHED: _("Both targets have been reached."),
        Progress.ON_COURSE: _("Both targets are on course."),
        Progress.BEHIND: _("Both targets are behind."),
        Progress.MISSED: _("Neither target was reached in time."),
    }[state]


def _one(target: Standing) -> str:
    if target.indicator == Indicator.AWARE:
        return {
            Progress.REACHED: _("the target for awareness has been reached"),
            Progress.ON_COURSE: _("awareness is on course"),
            Progress.BEHIND: _("awareness is behind"),
            Progress.MISSED: _("the target for awareness was not reached in time"),
        }[target.progress]
    return {
        Progress.REACHED: _("the target for action has been reached"),
        Progress.ON_COURSE: _("action is on course"),
        Progress.BEHIND: _("action is behind"),
        Progress.MISSED: _("the target for action was not reached in time"),
    }[target.progress]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def target_line(target: Standing) -> str:
    """The target with its day, or when it was reached."""
    if target.target is None or target.due_on is None:
        return ""
    value = number(target.target)
    if target.progress == Progress.REACHED and target.reached_on is not None:
        return _("target %(target)s, reached on %(day)s", target=value, day=day(target.reached_on))
    return _("target %(target)s by %(day)s", target=value, day=day(target.due_on))


def pace_line(target: Standing, as_of: str) -> str:
    """What was expected by now; empty where that says nothing."""
    if target.progress not in {Progress.ON_COURSE, Progress.BEHIND} or target.expected is None:
        return ""
    return _("expected by %(day)s: %(count)s", day=as_of, count=number(target.expected))


def tag_kind(state: Progress) -> str:
    """The kind of tag that goes with a state."""
    return {
        Progress.NO_TARGET: "quiet",
        Progress.REACHED: "good",
        Progress.ON_COURSE: "good",
        Progress.BEHIND: "warn",
        Progress.MISSED: "wrong",
    }[state]


def state_label(state: Progress) -> str:
    """A state in a word or two."""
    return {
        Progress.NO_TARGET: _("no target"),
        Progress.REACHED: _("reached"),
        Progress.ON_COURSE: _("on course"),
        Progress.BEHIND: _("behind"),
        Progress.MISSED: _("not reached"),
    }[state]
