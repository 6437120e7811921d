"""Words for the texts and the look of the public site, and for what is refused on them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused
from pioneers.publishing.rules import State

STATES: dict[State, LazyString] = {
    State.STANDARD: _l("standard words"),
    State.DRAFT: _l("draft"),
    State.PLANNED: _l("planned"),
    State.PUBLISHED: _l("on the site"),
    State.CHANGED: _l("on the site, newer draft"),
    State.WITHDRAWN: _l("withdrawn"),
}
STATE_TAGS: dict[State, str] = {
    State.STANDARD: "quiet",
    State.DRAFT: "warn",
    State.PLANNED: "brand",
    State.PUBLISHED: "good",
    State.CHANGED: "warn",
    State.WITHDRAWN: "quiet",
}
REFUSALS: dict[str, LazyString] = {
    "title_missing": _l("Give the page a title."),
    "text_long": _l("Too long: at most %(limit)s characters."),
    "key_shape": _l("Use small letters, digits and hyphens, like wat-wij-doen."),
    "key_taken": _l("There is already a page with this address."),
    "moment_past": _l("Choose a moment that lies ahead."),
    "until_before": _l("Choose a later moment: the page would be gone before it comes."),
    "colour_shape": _l("Write a colour like #0b5a5e."),
    "colour_contrast": _l(
        "This colour has too little contrast to be read: %(found)s, and %(limit)s is needed."
        " %(proposal)s is the same colour, dark enough."
    ),
    "alt_missing": _l("Say in words what the logo shows."),
    "logo_svg": _l(
        "This is an SVG. Such a file can carry scripts; save the logo as PNG and send that."
    ),
    "logo_none": _l("This is no PNG or JPEG. Save the logo as PNG and send that."),
    "logo_bytes": _l("This file is larger than %(limit)s megabytes."),
    "logo_pixels": _l("This picture has too many pixels. Make it smaller and send it again."),
    "logo_small": _l("This logo is too small: it must be at least %(limit)s pixels high."),
    "logo_broken": _l("This file cannot be read. Save the logo again and send it."),
    "moment_missing": _l("Fill in a day."),
}


def said(refusal: Refused) -> str:
    """The words for a refusal."""
    return explain(refusal, REFUSALS)
