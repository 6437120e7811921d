"""Codes of this feature in the person's words."""

from collections.abc import Mapping

from flask_babel import gettext as _

from pioneers.importing.headers import Field
from pioneers.importing.models import RowVerdict
from pioneers.web.formats import number


def unreadable(code: str, params: Mapping[str, object]) -> str:
    """Why a file cannot be read, and what to do."""
    texts = {
        "empty": _("This file is empty. Choose the file that holds the list."),
        "wrong_type": _("This is not a list. Save it as CSV or XLSX and upload that file."),
        "web_page": _("This is a web page, not a list. Open it in Excel and save it as XLSX."),
        "ods": _("This is an OpenDocument file. Save it as XLSX or CSV and upload that file."),
        "old_excel": _("This is an old Excel file (.xls). Save it as XLSX and upload that file."),
        "password": _("This file has a password. Save it without a password and try again."),
        "truncated": _("This file is not complete. Download or save it again and try again."),
        "damaged": _("This file is damaged. Open it in Excel, save it again and try again."),
        "bomb": _("This file is far too large when unpacked. Save only the list in a new file."),
        "unknown_encoding": _("This way of writing letters is not known."),
        "nothing": _("Choose a file, or paste the list."),
    }
    if code in texts:
        return texts[code]
    return _unreadable_here(code, params)


def _unreadable_here(code: str, params: Mapping[str, object]) -> str:
    if code == "too_large":
        return _(
            "This file is larger than %(limit)s MB. Save only the sheet with the list.",
            limit=params["megabytes"],
        )
    if code == "too_many_rows":
        return _(
            "This list has more than %(limit)s rows. Split it in parts.",
            limit=number(int(str(params["limit"]))),
        )
    if code == "open_quote":
        return _(
            "The quotation mark in row %(row)s is never closed. Correct that row.",
            row=params["row"],
        )
    if code == "no_name_column":
        return _(
            "No column holds names. These columns were found: %(columns)s.",
            columns=params["columns"],
        )
    return _("The letters with accents cannot be read for sure. Say which encoding the file has.")


def row_error(code: str, details: Mapping[str, object]) -> str:
    """Why a row is refused."""
    value, column = details.get("value", ""), details.get("column", "")
    texts = {
        "no_name": _("the name is missing"),
        "email_wrong": _("e-mail address ‘%(value)s’ is not complete", value=value),
        "kvk_wrong": _("‘%(value)s’ is no KVK number: it has 8 digits", value=value),
        "establishment_wrong": _(
            "‘%(value)s’ is no establishment number: it has 12 digits", value=value
        ),
        "presence_unknown": _("‘%(value)s’ does not tell who was there", value=value),
        "formula": _("a formula without an outcome stands in column %(column)s", column=column),
        "cell_error": _(
            "the cell in column %(column)s holds an error: %(value)s", column=column, value=value
        ),
        "too_long": _("the text in column %(column)s is too long", column=column),
        "extra_cells": _("this row has more cells than the list has columns"),
        "header_again": _("this is the header once more"),
        "total_row": _("this is a total, not a person"),
    }
    return texts.get(code, code)


def known_why(code: str) -> str:
    """How somebody is known."""
    texts = {
        "email": _("e-mail address is the same"),
        "name_company": _("name and company are the same"),
        "phone": _("phone number is the same"),
        "identical": _("everything is the same"),
        "chosen": _("the same person, as you chose"),
    }
    return texts.get(code, _("known already"))


def listed_why(code: str) -> str:
    """Why a row changes nothing."""
    texts = {
        "twice_in_file": _("is on this list twice"),
        "same_file": _("was added with this same file before"),
        "confirmed": _("was on the list already; confirmed now"),
    }
    return texts.get(code, _("is on the list of this event already"))


def doubt_why(code: str) -> str:
    """Why two records may be one."""
    texts = {
        "same_name": _("same name"),
        "like_name": _("almost the same name"),
        "same_domain": _("same web domain"),
        "same_mailbox": _("same mailbox"),
        "same_phone": _("same phone number"),
        "namesake": _("same name at another company"),
    }
    return texts.get(code, code)


def verdict_name(verdict: RowVerdict) -> str:
    """The word in a row's tag."""
    return {
        RowVerdict.NEW: _("new"),
        RowVerdict.KNOWN: _("known"),
        RowVerdict.DOUBTFUL: _("doubtful"),
        RowVerdict.NOT_ATTENDED: _("not attended"),
        RowVerdict.ALREADY_LISTED: _("on the list already"),
        RowVerdict.ERROR: _("error"),
    }[verdict]


def field_name(field: Field) -> str:
    """A field, as the page on columns calls it."""
    return {
        Field.FULL_NAME: _("Whole name"),
        Field.FIRST_NAME: _("First name"),
        Field.INITIALS: _("Initials"),
        Field.INFIX: _("Infix"),
        Field.FAMILY_NAME: _("Family name"),
        Field.COMPANY: _("Company"),
        Field.KVK: _("KVK number"),
        Field.ESTABLISHMENT: _("Establishment number"),
        Field.EMAIL: _("E-mail address"),
        Field.PHONE: _("Phone number"),
        Field.FUNCTION: _("Job title"),
        Field.PLACE: _("Place"),
        Field.POSTCODE: _("Postcode"),
        Field.EMPLOYEES: _("Number of employees"),
        Field.SECTOR: _("Sector code"),
        Field.WEBSITE: _("Website"),
        Field.PRESENCE: _("Was there"),
    }[field]


def refused(code: str) -> str:
    """A rule's refusal."""
    texts = {
        "cancelled": _("This event is cancelled: nobody can be added to it."),
        "not_yet_held": _("This event has not been held yet. Add the list afterwards."),
        "before_programme": _("This event lies before the programme began."),
        "after_programme": _("This event lies after the programme ended."),
        "future": _("This event has not been held yet. Add the list afterwards."),
        "not_staged": _("This list has been added or thrown away already."),
        "not_offered": _("That choice is no longer possible. Look at the row again."),
        "field_twice": _("Two columns cannot mean the same. Choose another for one of them."),
        "no_name_column": _("Choose which column holds the name."),
        "not_judged": _("Choose first which column holds the name."),
        "encoding_unsure": _("Choose first how the letters with accents are to be read."),
        "title_missing": _("Give the event a title."),
        "title_long": _("Keep the title under 200 characters."),
    }
    return texts.get(code, _("This is not possible."))
