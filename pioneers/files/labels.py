"""Words for files that are refused."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.files.rules import FileRefused

REFUSALS: dict[str, LazyString] = {
    "file_missing": _l("Choose a file."),
    "file_bytes": _l("This file is larger than %(limit)s MB. Choose a smaller one."),
    "file_kind": _l(
        "We cannot take this kind of file. Choose a PDF, a Word, Excel, PowerPoint or"
        " OpenDocument file, or a PNG or JPEG picture."
    ),
    "file_macros": _l("This file holds macros. Save it without macros and try again."),
    "file_name": _l(
        "This is a %(kind)s file by its content, but its name does not end in .%(ending)s."
        " Give it the right name and try again."
    ),
    "file_broken": _l("This file cannot be opened: it is damaged. Choose another one."),
}


def said(refusal: FileRefused) -> str:
    """A refusal in the person's language."""
    return str(REFUSALS[refusal.code]) % refusal.params
