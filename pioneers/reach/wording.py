"""Sentences on what was reached: a company's standing, its verdicts, and what a change does."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.companies.rules import EU_SME
from pioneers.programmes.rules import TargetGroup
from pioneers.reach.labels import CHANNELS
from pioneers.reach.rules import Channel, Measures
from pioneers.web.formats import day as written_day
from pioneers.web.formats import euros, number

MEASURES: dict[str, LazyString] = {
    "companies": _l("Companies made aware"),
    "people": _l("Entrepreneurs made aware"),
    "companies_in_target_group": _l("Companies in the target group"),
    "activated_companies": _l("Companies in action"),
    "activated_people": _l("Entrepreneurs in action"),
    "participations": _l("Participations"),
    "unnamed_heads": _l("Unnamed heads"),
}


def effect(before: Measures, after: Measures) -> list[str]:
    """A sentence for each figure that changes; one sentence when none does."""
    lines = [
        _(
            "%(figure)s: from %(before)s to %(after)s.",
            figure=label,
            before=number(getattr(before, name)),
            after=number(getattr(after, name)),
        )
        for name, label in MEASURES.items()
        if getattr(before, name) != getattr(after, name)
    ]
    return lines or [_("The figures stay as they are.")]


@dataclass(frozen=True)
class Cause:
    """What made a company or person aware: the occasion, fan and pioneer, as far as known."""

    occasion: str = ""
    fan: str = ""
    pioneer: str = ""


def aware_sentence(since: date | None, channel: Channel | None, cause: Cause) -> str:
    """Since when and thanks to whom, in one sentence."""
    if since is None or channel is None:
        return _("Not made aware yet: no contact that counts has been recorded.")
    where = cause.occasion or str(CHANNELS[channel]).lower()
    if cause.fan and cause.fan != where:
        where = _("%(what)s at %(fan)s", what=where, fan=cause.fan)
    if cause.pioneer:
        return _(
            "Aware since %(day)s through %(where)s, with pioneer %(pioneer)s.",
            day=written_day(since),
            where=where,
            pioneer=cause.pioneer,
        )
    return _("Aware since %(day)s through %(where)s.", day=written_day(since), where=where)


def activated_sentence(since: date | None) -> str:
    """Since when in action; empty when never."""
    return "" if since is None else _("In action since %(day)s.", day=written_day(since))


def target_reasons(
    limits: TargetGroup, *, employees: int | None, turnover: int | None, balance: int | None
) -> list[str]:
    """Which number against which limit, for the programme's target group."""
    low, high = number(limits.employees_min), number(limits.employees_max)
    if employees is None:
        heads = _(
            "The number of employees is not known; %(low)s to %(high)s would count.",
            low=low,
            high=high,
        )
    elif limits.employees_min <= employees <= limits.employees_max:
        heads = _(
            "%(count)s employees: within %(low)s to %(high)s.",
            count=number(employees),
            low=low,
            high=high,
        )
    else:
        heads = _(
            "%(count)s employees: outside %(low)s to %(high)s.",
            count=number(employees),
            low=low,
            high=high,
        )
    reasons = [heads, *_money(turnover, balance, limits)]
    if turnover is None and balance is None and employees is not None:
        reasons.append(_("So the number of employees decides."))
    return reasons


def sme_reasons(
    *, annual_work_units: int | None, turnover: int | None, balance: int | None
) -> list[str]:
    """Which number against which limit, for an SME in the sense of the EU."""
    limit = number(EU_SME.employees_max + 1)
    if annual_work_units is None:
        heads = _(
            "The annual work units are not known; fewer than %(limit)s would count.", limit=limit
        )
    elif annual_work_units <= EU_SME.employees_max:
        heads = _(
            "%(count)s annual work units: fewer than %(limit)s.",
            count=number(annual_work_units),
            limit=limit,
        )
    else:
        heads = _(
            "%(count)s annual work units: not fewer than %(limit)s.",
            count=number(annual_work_units),
            limit=limit,
        )
    return [heads, *_money(turnover, balance, EU_SME)]


def _money(turnover: int | None, balance: int | None, limits: TargetGroup) -> list[str]:
    """Turnover or balance sheet within its limit is enough."""
    if turnover is None and balance is None:
        return [_("Turnover and balance sheet are not known.")]
    return [
        _turnover(turnover, limits.turnover_max),
        _balance(balance, limits.balance_max),
        _("One of the two within its limit is enough."),
    ]


def _turnover(amount: int | None, limit: int) -> str:
    if amount is None:
        return _("The turnover is not known.")
    if amount <= limit:
        return _(
            "Turnover %(amount)s: at most %(limit)s.", amount=euros(amount), limit=euros(limit)
        )
    return _("Turnover %(amount)s: more than %(limit)s.", amount=euros(amount), limit=euros(limit))


def _balance(amount: int | None, limit: int) -> str:
    if amount is None:
        return _("The balance sheet total is not known.")
    if amount <= limit:
        return _(
            "Balance sheet %(amount)s: at most %(limit)s.", amount=euros(amount), limit=euros(limit)
        )
    return _(
        "Balance sheet %(amount)s: more than %(limit)s.", amount=euros(amount), limit=euros(limit)
    )


REFUSALS: dict[str, LazyString] = {
    "future": _l("This day lies in the future. Choose today or an earlier day."),
    "before_programme": _l("On this day the programme had not started yet."),
    "after_programme": _l("On this day the programme had ended already."),
    "no_proof": _l("Say what shows it, and where that is kept."),
    "unknown_kind": _l("This action is no longer in the catalogue. Choose another."),
    "unknown_company": _l("This company is not in this programme."),
    "unknown_person": _l("This person is not in this programme."),
    "same_person": _l("You recorded this yourself. Somebody else has to verify it."),
    "decided": _l("Somebody else has decided on this already. This is how it stands now."),
    "voided": _l("This was taken back already."),
}


def refusal(code: str) -> str:
    """A rule's refusal in words."""
    return str(REFUSALS.get(code, _l("This cannot be done.")))
