"""How we count, in the person's language, with the programme's own settings (docs/counting.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import EVIDENCE_RANK, Evidence, Unit
from pioneers.reach.labels import EVIDENCE
from pioneers.web.formats import euros, number
from pioneers.web.i18n import language


@dataclass(frozen=True)
class Rung:
    """A step of the ladder of evidence, and whether it makes somebody aware here."""

    label: str
    meaning: str
    counts: bool


@dataclass(frozen=True)
class Section:
    """A part of the page: terms with what they mean."""

    title: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Definitions:
    """The whole page."""

    summary: str
    ladder: Sequence[Rung]
    sections: Sequence[Section]
    catalogue: Sequence[tuple[str, str]]


def definitions_of(programme: Programme, kinds: Sequence[ActivationKind]) -> Definitions:
    """The definitions with the units, threshold and limits of `programme` filled in."""
    return Definitions(
        summary=_summary(programme),
        ladder=_ladder(programme),
        sections=[_figures(), _target_group(programme), _first(), _days(), _changes(), _others()],
        catalogue=_catalogue(kinds),
    )


def _unit(unit: Unit) -> str:
    return _("people") if unit == Unit.PEOPLE else _("companies")


def _summary(programme: Programme) -> str:
    return _(
        "This programme counts awareness in %(aware)s, from the proof “%(threshold)s” up, and "
        "action in %(activated)s.",
        aware=_unit(programme.aware_unit),
        threshold=EVIDENCE[programme.aware_threshold],
        activated=_unit(programme.activated_unit),
    )


def _ladder(programme: Programme) -> list[Rung]:
    meanings = {
        Evidence.HEADCOUNT: _(
            "A number of people in a room; nobody is named. Where host and pioneer, or two "
            "pioneers, come to about the same, the number is confirmed; nobody gets a name by it."
        ),
        Evidence.LISTED: _("A name on somebody's list, such as an attendance list."),
        Evidence.SELF_DECLARED: _("The person gave their details themselves."),
        Evidence.CHECKED_IN: _("Present, and registered on the spot."),
        Evidence.CONFIRMED: _(
            "A second, independent source says the same of this person: besides the list also a "
            "check-in, or the pioneer who spoke with them there."
        ),
    }
    least = EVIDENCE_RANK[programme.aware_threshold]
    return [
        Rung(
            str(EVIDENCE[evidence]),
            meanings[evidence],
            evidence != Evidence.HEADCOUNT and EVIDENCE_RANK[evidence] >= least,
        )
        for evidence in Evidence
    ]


def _figures() -> Section:
    return Section(
        _("The figures"),
        [
            (
                _("Contact"),
                _(
                    "One dated fact: a person, for a company, met the programme. A contact is "
                    "never changed: it is withdrawn with a reason and recorded anew."
                ),
            ),
            (
                _("Participations"),
                _("Every valid contact with a name. Whoever comes three times counts three times."),
            ),
            (
                _("Entrepreneurs made aware"),
                _(
                    "Each person once, on the day of the first contact with enough proof, or of "
                    "the first verified action if that came earlier."
                ),
            ),
            (
                _("Companies made aware"),
                _("The same for companies: each once, however many of its people came."),
            ),
            (
                _("Companies in action"),
                _(
                    "Each company once, on the day of its first action out of the catalogue that "
                    "was verified by a second person. Whoever is in action is also aware."
                ),
            ),
            _unnamed_heads(),
        ],
    )


def _unnamed_heads() -> tuple[str, str]:
    return (
        _("Unnamed heads"),
        _(
            "For each event the people counted in the room minus the named people "
            "present, never below zero. They are added to no other figure."
        ),
    )


def _target_group(programme: Programme) -> Section:
    return Section(
        _("Target group"),
        [
            (
                _("Yes, no or unknown"),
                _(
                    "A company with %(low)s to %(high)s employees and a turnover of at most "
                    "%(turnover)s or a balance sheet of at most %(balance)s. Without the number "
                    "of employees the answer is unknown, and unknown is not counted as yes. As "
                    "long as no amount is known, the number of employees decides.",
                    low=number(programme.employees_min),
                    high=number(programme.employees_max),
                    turnover=euros(programme.turnover_max),
                    balance=euros(programme.balance_max),
                ),
            )
        ],
    )


def _first() -> Section:
    return Section(
        _("Thanks to whom, and where"),
        [
            (
                _("Fan, pioneer, event and channel"),
                _(
                    "A person or company counts for those of its first contact only: the event, "
                    "its host, and the pioneer who is named first. So the parts add up."
                ),
            ),
            (
                _("Municipality, sector and size"),
                _(
                    "Those of the company as it is known; with “as known on” as it was known "
                    "then. What is not known is a row of its own."
                ),
            ),
            (
                _("Parts and total"),
                _(
                    "The total is counted apart from its parts, and the page says whether they "
                    "agree. Nothing is rounded or estimated."
                ),
            ),
        ],
    )


def _days() -> Section:
    return Section(
        _("As of a day, and as known on a day"),
        [
            (
                _("Up to and including"),
                _("What had happened by the end of that day, in Dutch time."),
            ),
            (
                _("As known on"),
                _(
                    "What had been recorded, verified or withdrawn by the end of that day. So an "
                    "earlier report can be made again exactly."
                ),
            ),
            (
                _("From"),
                _(
                    "Facts before that day do not count. Somebody who was already aware is not "
                    "counted again in a later period."
                ),
            ),
        ],
    )


def _changes() -> Section:
    return Section(
        _("Corrections"),
        [
            (
                _("Merging"),
                _(
                    "When two records turn out to be one, they count once from that moment. An "
                    "earlier state still shows two, and merging can be undone."
                ),
            ),
            (
                _("Erasing"),
                _(
                    "An erased person keeps counting without a name, so that last year's figures "
                    "still add up."
                ),
            ),
        ],
    )


def _others() -> Section:
    return Section(
        _("Beside these"),
        [
            (_("Events held"), _("Events with the status “held” on a day within the period.")),
            (_("Pioneers"), _("Everybody appointed by the last day, former pioneers included.")),
            (_("Fans"), _("The organisations that are active as a fan now.")),
            (
                _("Pace"),
                _(
                    "Expected is the straight line from zero on the first day, through the yearly "
                    "shares, to the target on its day, rounded down."
                ),
            ),
        ],
    )


def _catalogue(kinds: Sequence[ActivationKind]) -> list[tuple[str, str]]:
    """The actions that count, with the proof that is asked."""
    dutch = language() == "nl"
    return [
        (kind.name_nl, kind.proof_nl) if dutch else (kind.name_en, kind.proof_en) for kind in kinds
    ]
