"""Words for fans and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.fans.models import FanKind

KINDS: dict[FanKind, LazyString] = {
    FanKind.NETWORK: _l("Business network"),
    FanKind.SECTOR: _l("Sector association"),
    FanKind.INNOVATION_DESK: _l("Innovation desk"),
    FanKind.BANK: _l("Bank"),
    FanKind.ACCOUNTANT: _l("Accountant"),
    FanKind.ADVISER: _l("Other adviser of companies"),
    FanKind.OTHER: _l("Another kind"),
}
REFUSALS: dict[str, LazyString] = {
    "name_missing": _l("Fill in a name."),
    "name_long": _l("Use at most %(limit)s characters."),
    "ended_in_future": _l("This day has not come yet."),
    "reason_missing": _l("Choose the reason."),
    "fan_name_taken": _l("There is a fan called %(name)s already."),
}
