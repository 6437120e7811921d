"""Words for indicators, units and refusals, for every page above this layer."""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.programmes.rules import EndReason, Indicator, Refused, Unit
from pioneers.web.formats import day, moment_full, number

INDICATORS: dict[Indicator, LazyString] = {
    Indicator.AWARE: _l("Made aware"),
    Indicator.ACTIVATED: _l("Activated"),
}
UNITS: dict[Unit, LazyString] = {Unit.PEOPLE: _l("entrepreneurs"), Unit.COMPANIES: _l("companies")}
END_REASONS: dict[EndReason, LazyString] = {
    EndReason.NO_TIME: _l("No time"),
    EndReason.NO_INTEREST: _l("No interest"),
    EndReason.NOT_SUITABLE: _l("Does not fit the programme"),
    EndReason.NO_ANSWER: _l("No answer"),
    EndReason.LEFT_COMPANY: _l("Left the company or organisation"),
    EndReason.TERM_OVER: _l("The agreed term is over"),
    EndReason.MOVED_AWAY: _l("Moved away"),
    EndReason.OTHER: _l("Another reason"),
}
LANGUAGES = {"nl": "Nederlands", "en": "English"}
PROVINCES = (
    *("Drenthe", "Flevoland", "Fryslân", "Gelderland", "Groningen", "Limburg", "Noord-Brabant"),
    *("Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland"),
)

REFUSALS: dict[str, LazyString] = {
    "slug_shape": _l("Use small letters, digits and hyphens, like slimmer-werken (40 at most)."),
    "slug_reserved": _l("This address is in use by the site itself. Choose another one."),
    "slug_taken": _l("There is a programme with this address already."),
    "name_missing": _l("Fill in a name."),
    "period_reversed": _l("The last day lies before the first one."),
    "target_not_positive": _l("A target is more than zero."),
    "target_too_large": _l("A target is at most %(limit)s."),
    "target_before_start": _l("The programme starts on %(day)s. Choose a later day."),
    "target_in_past": _l("This day has passed. Choose today or a later day."),
    "target_same_day": _l("There is a target for %(day)s already. Change that one."),
    "target_after_final": _l("The final target is due on %(day)s. Choose an earlier day."),
    "target_before_share": _l("A sub-target is due on %(day)s. The final target comes after it."),
    "reason_missing": _l("Say why the target changes. The reason is kept with the old one."),
    "wording_missing": _l("Fill in the name in both languages."),
}


def explain(refusal: Refused, texts: Mapping[str, LazyString] = REFUSALS) -> str:
    """A refusal in the person's language, with its days and numbers written out."""
    words = {name: _written(value) for name, value in refusal.params.items()}
    return str(texts[refusal.code]) % words


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return moment_full(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)
