"""The names of figures, dimensions and their keys in the person's language."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from pioneers.programmes.rules import Unit
from pioneers.reports.rules import By, Measure

MEASURES: dict[Measure, LazyString] = {
    Measure.PARTICIPATIONS: _l("Participations"),
    Measure.PEOPLE: _l("Entrepreneurs made aware"),
    Measure.COMPANIES: _l("Companies made aware"),
    Measure.IN_TARGET_GROUP: _l("Companies in the target group"),
    Measure.UNNAMED_HEADS: _l("Unnamed heads"),
    Measure.ACTIVATED_COMPANIES: _l("Companies in action"),
    Measure.ACTIVATED_PEOPLE: _l("Entrepreneurs in action"),
}

SHORT: dict[Measure, LazyString] = {
    Measure.PARTICIPATIONS: _l("Participations"),
    Measure.PEOPLE: _l("Entrepreneurs"),
    Measure.COMPANIES: _l("Companies"),
    Measure.IN_TARGET_GROUP: _l("In the target group"),
    Measure.UNNAMED_HEADS: _l("Unnamed heads"),
    Measure.ACTIVATED_COMPANIES: _l("In action"),
    Measure.ACTIVATED_PEOPLE: _l("Entrepreneurs in action"),
}

MEANINGS: dict[Measure, LazyString] = {
    Measure.PARTICIPATIONS: _l("Each time that somebody with a name met the programme."),
    Measure.PEOPLE: _l("Each person once, however often they came."),
    Measure.COMPANIES: _l("Each company once, however many of its people came."),
    Measure.IN_TARGET_GROUP: _l("Companies made aware that are known to be in the target group."),
    Measure.UNNAMED_HEADS: _l("People counted in the room without a name; in no other figure."),
    Measure.ACTIVATED_COMPANIES: _l("Each company once, from its first verified action."),
    Measure.ACTIVATED_PEOPLE: _l("Each person once, from their first verified action."),
}

DIMENSIONS: dict[By, LazyString] = {
    By.MUNICIPALITY: _l("Municipality"),
    By.SECTOR: _l("Sector"),
    By.SIZE: _l("Size class"),
    By.FAN: _l("Fan"),
    By.PIONEER: _l("Pioneer"),
    By.EVENT: _l("Event"),
    By.CHANNEL: _l("Channel"),
    By.MONTH: _l("Month"),
}

PER: dict[By, LazyString] = {
    By.MUNICIPALITY: _l("Figures by municipality"),
    By.SECTOR: _l("Figures by sector"),
    By.SIZE: _l("Figures by size class"),
    By.FAN: _l("Figures by fan"),
    By.PIONEER: _l("Figures by pioneer"),
    By.EVENT: _l("Figures by event"),
    By.CHANNEL: _l("Figures by channel"),
    By.MONTH: _l("Figures by month"),
}

UNKNOWN: dict[By, LazyString] = {
    By.MUNICIPALITY: _l("Municipality unknown"),
    By.SECTOR: _l("Sector unknown"),
    By.SIZE: _l("Size unknown"),
    By.FAN: _l("Without a fan"),
    By.PIONEER: _l("Without a pioneer"),
    By.EVENT: _l("Without an event"),
    By.CHANNEL: _l("Channel unknown"),
    By.MONTH: _l("Month unknown"),
}


def unit_label(unit: Unit, count: int) -> str:
    """The unit behind a figure."""
    if unit == Unit.PEOPLE:
        return ngettext("entrepreneur", "entrepreneurs", count)
    return ngettext("company", "companies", count)
