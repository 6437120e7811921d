"""Words for photos that are refused."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.media.rules import PhotoRefused

REFUSALS: dict[str, LazyString] = {
    "photo_missing": _l("Choose a photo."),
    "photo_bytes": _l("This file is larger than %(limit)s MB. Choose a smaller photo."),
    "photo_none": _l("This is not a photo. Choose a JPEG or PNG file."),
    "photo_format": _l("We cannot show a %(format)s file. Save it as JPEG or PNG and try again."),
    "photo_pixels": _l(
        "This photo has more than %(limit)s megapixels. Save it smaller (2000 pixels wide is"
        " plenty) and try again."
    ),
    "photo_small": _l("This photo is too small: each side must have %(limit)s pixels or more."),
    "photo_broken": _l("This photo cannot be opened: the file is damaged. Choose another one."),
    "crop_range": _l("Choose a part that lies within the photo."),
}


def said(refusal: PhotoRefused) -> str:
    """A refusal in the person's language."""
    return str(REFUSALS[refusal.code]) % refusal.params
