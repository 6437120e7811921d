"""What the page of a list shows, worked out: sentences, tags, and the choices of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from pioneers.companies.rules import Subject
from pioneers.importing import messages
from pioneers.importing.actions import verdict_counts
from pioneers.importing.claims import RowReader
from pioneers.importing.headers import Field
from pioneers.importing.judging import IN_FILE, OTHER, named
from pioneers.importing.models import AttendanceImport, ImportRow, RowVerdict
from pioneers.importing.queries import Other
from pioneers.importing.staging import layout_of
from pioneers.programmes.models import Programme
from pioneers.web.formats import number

KINDS = {
    RowVerdict.NEW: "good",
    RowVerdict.KNOWN: "quiet",
    RowVerdict.DOUBTFUL: "warn",
    RowVerdict.NOT_ATTENDED: "quiet",
    RowVerdict.ALREADY_LISTED: "quiet",
    RowVerdict.ERROR: "wrong",
}
CAME = (RowVerdict.NEW, RowVerdict.KNOWN, RowVerdict.DOUBTFUL)


@dataclass(frozen=True)
class Button:
    """A choice that is sent at once; `about` completes the label for who does not see the row."""

    label: str
    about: str
    choice: str


@dataclass(frozen=True)
class DoubtShown:
    """A question on a row: what it may be, and the answers."""

    subject: str
    before: str
    name: str
    href: str | None
    after: str
    buttons: list[Button]


@dataclass(frozen=True)
class RowShown:
    """A row of the table."""

    number: int
    name: str
    company: str
    tag: str
    kind: str
    text: str
    doubts: list[DoubtShown] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    fix_href: str | None = None
    taken_back: list[str] = field(default_factory=list)  # subjects whose answer can be taken back


@dataclass(frozen=True)
class Tag:
    """A count with its word, and the address of those rows."""

    text: str
    kind: str
    href: str


def tags(programme: Programme, imported: AttendanceImport) -> list[Tag]:
    """The counts that are not zero, each leading to its rows."""
    return [
        Tag(
            f"{number(count)} {messages.verdict_name(RowVerdict(name))}",
            KINDS[RowVerdict(name)],
            url_for("importing.check", slug=programme.slug, import_id=imported.id, soort=name),
        )
        for name, count in verdict_counts(imported).items()
        if count
    ]


def coming(imported: AttendanceImport) -> int:
    """How many people the list adds to the event."""
    counts = verdict_counts(imported)
    return sum(counts[verdict] for verdict in CAME)


def lead(imported: AttendanceImport) -> str:
    """The sentence with which the page begins."""
    counts = verdict_counts(imported)
    parts = [
        text
        for count, text in (
            (counts["new"], _("%(n)s are new", n=number(counts["new"]))),
            (counts["known"], _("%(n)s are known already", n=number(counts["known"]))),
            (counts["not_attended"], _("%(n)s did not come", n=number(counts["not_attended"]))),
            (
                counts["already_listed"],
                _("%(n)s are on the list already", n=number(counts["already_listed"])),
            ),
        )
        if count
    ]
    rows = sum(counts.values())
    text = _("Nothing has been saved yet.")
    if parts:
        joined = ", ".join(parts[:-1]) + (_(" and ") if parts[:-1] else "") + parts[-1]
        text += " " + ngettext(
            "The list has one row: %(parts)s.",
            "Of the %(rows)s rows, %(parts)s.",
            rows,
            rows=number(rows),
            parts=joined,
        )
    return f"{text} {attention(counts['doubtful'] + counts['error'])}".strip()


def attention(count: int) -> str:
    """How many rows ask for a decision."""
    if not count:
        return ""
    return ngettext(
        "One row asks for your attention.",
        "%(written)s rows ask for your attention.",
        count,
        written=number(count),
    )


def consequence(imported: AttendanceImport) -> str:
    """What writing does to the first target."""
    before = imported.counts.get("aware_before")
    after = imported.counts.get("aware_after")
    if before is None or after is None:
        return ""
    if before == after:
        return _("Made aware stays at %(value)s.", value=number(before))
    return _(
        "Made aware goes from %(before)s to %(after)s.", before=number(before), after=number(after)
    )


def rows_shown(
    programme: Programme,
    imported: AttendanceImport,
    rows: Sequence[ImportRow],
    others: Mapping[tuple[str, str], Other],
) -> list[RowShown]:
    """The rows of one page of the table."""
    layout = layout_of(imported)
    if not layout.has_name:
        return []
    reader = RowReader(layout)
    return [_row(programme, imported, reader, row, others) for row in rows]


def _row(
    programme: Programme,
    imported: AttendanceImport,
    reader: RowReader,
    row: ImportRow,
    others: Mapping[tuple[str, str], Other],
) -> RowShown:
    name, company = named(reader, row.cells)
    verdict = row.verdict or RowVerdict.ERROR
    href = url_for("importing.row", slug=programme.slug, import_id=imported.id, number=row.number)
    return RowShown(
        number=row.number,
        name=name,
        company=company,
        tag=messages.verdict_name(verdict),
        kind=KINDS[verdict],
        text=_sentence(verdict, row),
        doubts=_doubts(programme, row, others) if verdict == RowVerdict.DOUBTFUL else [],
        remarks=[_remark(*remark) for remark in row.details.get("remarks", [])],
        fix_href=href if verdict == RowVerdict.ERROR else None,
        taken_back=sorted(row.answers or {}),
    )


def _remark(name: str, text: str) -> str:
    return _("%(field)s ‘%(text)s’ is left out", field=messages.field_name(Field(name)), text=text)


def _sentence(verdict: RowVerdict, row: ImportRow) -> str:
    if verdict == RowVerdict.NEW:
        both = row.reason == "person_and_company"
        return _("entrepreneur and company") if both else _("entrepreneur")
    if verdict == RowVerdict.KNOWN:
        return messages.known_why(row.reason)
    if verdict == RowVerdict.NOT_ATTENDED:
        return _("does not count")
    if verdict == RowVerdict.ALREADY_LISTED:
        return messages.listed_why(row.reason)
    if verdict == RowVerdict.ERROR:
        return messages.row_error(row.reason, row.details)
    return ""


def _doubts(
    programme: Programme, row: ImportRow, others: Mapping[tuple[str, str], Other]
) -> list[DoubtShown]:
    shown = []
    for subject in Subject:
        own = [doubt for doubt in row.details.get("doubts", []) if doubt["subject"] == subject]
        for at, doubt in enumerate(own):
            other = others.get((subject.value, doubt["other"]))
            last = at == len(own) - 1
            shown.append(_doubt(programme, subject, doubt, other, last=last))
    return shown


def _doubt(
    programme: Programme,
    subject: Subject,
    doubt: Mapping[str, str],
    other: Other | None,
    *,
    last: bool,
) -> DoubtShown:
    in_file = doubt["other"].startswith(IN_FILE)
    row = doubt["other"].removeprefix(IN_FILE)
    name = other.name if other else ""
    if in_file:
        name = f"{name} ({_('row %(row)s', row=row)})".strip()
    company = subject == Subject.COMPANY
    buttons = [Button(_("Same"), _("as %(name)s", name=name), doubt["other"])]
    if last:
        about = _("company than %(name)s", name=name) if company else _("than %(name)s", name=name)
        buttons.append(Button(_("Another"), about, OTHER))
    after = messages.doubt_why(doubt["reason"])
    if other is not None and other.place:
        after = f"{other.place}, {after}"
    return DoubtShown(
        subject=subject.value,
        before=_("company looks like") if company else _("looks like"),
        name=name,
        href=None if other is None else _href(programme, subject, other),
        after=after,
        buttons=buttons,
    )


def _href(programme: Programme, subject: Subject, other: Other) -> str | None:
    if other.record_id is None:
        return None
    if subject == Subject.COMPANY:
        return url_for("reach.company", slug=programme.slug, company_id=other.record_id)
    return url_for("reach.person", slug=programme.slug, person_id=other.record_id)
