"""Forms of lists: upload or paste, the event of a list, how a list is read."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from pioneers.web.forms import BaseForm, DayField, WholeNumberField

ENCODINGS = {
    "cp1252": _l("Windows (Western Europe)"),
    "utf-8": _l("UTF-8"),
    "cp850": _l("DOS"),
    "mac_roman": _l("Macintosh"),
    "cp1250": _l("Windows (Central Europe)"),
}


class UploadForm(BaseForm):
    """A file, or rows pasted from a spreadsheet."""

    file = FileField(
        _l("File"),
        description=_l("CSV or XLSX, as the host sent it."),
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"},
    )
    pasted = TextAreaField(
        _l("Or paste the list"),
        description=_l(
            "Select the rows in your spreadsheet, header included, copy, and paste here."
        ),
    )


class ListForm(UploadForm):
    """A list and the event that it is of: one that exists, or a new one."""

    event = SelectField(_l("Event"), coerce=int)
    title = StringField(
        _l("Title of the new event"), [Length(max=200)], description=_l("Only for a new event.")
    )
    day = DayField(_l("Day of the new event"))
    fan = SelectField(_l("Host of the new event"), coerce=int)


class LayoutForm(BaseForm):
    """Which sheet, which header, which encoding."""

    sheet = SelectField(_l("Sheet"))
    header_row = WholeNumberField(
        _l("Row of the header"), description=_l("0 when the list has no header."), maximum=60
    )
    encoding = SelectField(_l("Letters with accents"))

    def offer(self, mapping: dict[str, Any]) -> None:
        """Leave out what this file does not have."""
        sheets = mapping.get("sheets", [])
        self.sheet.choices = [(name, f"{name} ({rows})") for name, rows in sheets]
        self.encoding.choices = list(ENCODINGS.items())
        if len(sheets) < 2:
            del self.sheet
        if mapping.get("encoding") not in ENCODINGS or mapping.get("encoding_sure", True):
            del self.encoding
