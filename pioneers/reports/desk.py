"""The questions desk on the progress page: each figure with the questions behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.rules import Permission
from pioneers.events.themes import THEMES
from pioneers.programmes.guards import may
from pioneers.programmes.models import Programme
from pioneers.questions.figures import DeskFigures, desk_figures
from pioneers.questions.queries import NO_THEME
from pioneers.reach.rules import Scope
from pioneers.web.formats import number

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class DeskLine:
    """A figure of the desk; without an address for who may not see the questions."""

    label: str
    shown: str
    href: str = ""


@dataclass(frozen=True)
class DeskCard:
    """What the page says of the desk."""

    headline: str
    lines: Sequence[DeskLine]
    themes: Sequence[DeskLine]
    actions: str
    meaning: str


def desk_card(session: AnySession, programme: Programme, scope: Scope) -> DeskCard | None:
    """The desk in the period; None while nobody ever asked anything."""
    found = desk_figures(session, programme, scope.since, scope.as_of)
    if not found.asked:
        return None
    return DeskCard(
        headline=_headline(found),
        lines=_lines(programme, scope, found),
        themes=[
            DeskLine(
                str(THEMES.get(key, _("no theme yet"))),
                number(count),
                _to(programme, scope, thema=key or NO_THEME),
            )
            for key, count in found.by_theme
        ],
        actions=_actions(found),
        meaning=_(
            "Counted: questions asked in the period, without advertising and misuse. How soon is"
            " the middle one of all times from question to first answer, in working days."
        ),
    )


def _headline(found: DeskFigures) -> str:
    asked = ngettext(
        "One question", "%(written)s questions", found.asked, written=number(found.asked)
    )
    if found.median_days is None:
        return _("%(asked)s, none answered yet.", asked=asked)
    answered = number(found.answered)
    if found.median_days < 1:
        return _(
            "%(asked)s, of which %(answered)s answered: half of these on the same working day.",
            asked=asked,
            answered=answered,
        )
    decimals = 0 if float(found.median_days).is_integer() else 1
    return _(
        "%(asked)s, of which %(answered)s answered: half of these within %(days)s.",
        asked=asked,
        answered=answered,
        days=ngettext(
            "one working day",
            "%(written)s working days",
            1 if found.median_days == 1 else 2,
            written=number(found.median_days, decimals),
        ),
    )


def _lines(programme: Programme, scope: Scope, found: DeskFigures) -> list[DeskLine]:
    return [
        DeskLine(_("asked"), number(found.asked), _to(programme, scope, status="all")),
        DeskLine(_("answered"), number(found.answered), _to(programme, scope, status="replied")),
        DeskLine(_("open now"), number(found.open), _to(programme, scope, status="open")),
        DeskLine(_("of these too late"), number(found.late), _to(programme, scope, status="late")),
        DeskLine(
            _("led to action"),
            number(found.led_to_action),
            _to(programme, scope, actie="ja"),
        ),
    ]


def _actions(found: DeskFigures) -> str:
    count = found.waits_for_verification
    if not count:
        return ""
    return ngettext(
        "One more action waits for verification.",
        "%(written)s more actions wait for verification.",
        count,
        written=number(count),
    )


def _to(programme: Programme, scope: Scope, **wanted: str) -> str:
    if not may(Permission.ANSWER_QUESTIONS):
        return ""
    period = {"tot": scope.as_of.isoformat()}
    if scope.since is not None:
        period["vanaf"] = scope.since.isoformat()
    asked = {"status": "all", "echt": "ja"} | wanted | period
    return url_for("questions.desk", slug=programme.slug, _external=False, **asked)
