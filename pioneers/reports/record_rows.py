"""The records behind a figure as rows of a page and of an export."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask_babel import gettext as _

from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.labels import CHANNELS, EVIDENCE
from pioneers.reach.records import Record
from pioneers.web.addresses import address_before
from pioneers.web.formats import day_short, number
from pioneers.web.sheets import Cell


@dataclass(frozen=True)
class Names:
    """The names that records point at by id; `events` holds the event of an occasion, `rooms` on
    how much the number of people at an event rests."""

    fans: dict[int, str]
    pioneers: dict[int, str]
    events: dict[int, int]
    rooms: dict[int, str] = field(default_factory=dict)


class RecordRow(NamedTuple):
    """A record as the list shows it; an address is empty where there is no page."""

    person: str
    person_href: str
    company: str
    company_href: str
    day: str
    channel: str
    evidence: str
    event: str
    event_href: str
    fan: str
    pioneer: str
    heads: str


@dataclass(frozen=True)
class Ways:
    """The addresses of the pages that records lead to, up to the number."""

    person: str
    company: str
    event: str


def record_rows(programme: Programme, records: Sequence[Record], names: Names) -> list[RecordRow]:
    """The rows of a page."""
    slug = programme.slug
    ways = Ways(
        person=address_before("reach.person", "person_id", slug=slug),
        company=address_before("reach.company", "company_id", slug=slug),
        event=address_before("events.event", "event_id", slug=slug),
    )
    # Each text is asked once, not in each row.
    channels = {channel: str(CHANNELS[channel]) for channel in {each.channel for each in records}}
    proofs = {proof: _proof_words(*proof) for proof in set(map(_proof, records))}
    return [
        _row(ways, record, names, channels[record.channel], proofs[_proof(record)])
        for record in records
    ]


def _proof(record: Record) -> tuple[Evidence | None, bool]:
    return record.evidence, record.activation_id is not None


def _row(ways: Ways, record: Record, names: Names, channel: str, evidence: str) -> RecordRow:
    event_id = names.events.get(record.occasion_id) if record.occasion_id else None
    return RecordRow(
        person=person_words(record),
        person_href=f"{ways.person}{record.person_id}" if record.person_id else "",
        company=record.company_name,
        company_href=f"{ways.company}{record.company_id}" if record.company_id else "",
        day=day_short(record.day),
        channel=channel,
        evidence=names.rooms.get(event_id or 0, evidence),
        event=record.occasion_label,
        event_href=f"{ways.event}{event_id}" if event_id else "",
        fan=names.fans.get(record.fan_id or 0, ""),
        pioneer=names.pioneers.get(record.pioneer_id or 0, ""),
        heads=number(record.n),
    )


def person_words(record: Record) -> str:
    """The person's name; an erased person still counts, without one."""
    if record.person_id is None:
        return ""
    return record.person_name or _("Erased person")


def evidence_words(record: Record) -> str:
    """The proof of a record in words; a verified action is a proof by itself."""
    return _proof_words(*_proof(record))


def _proof_words(evidence: Evidence | None, action: bool) -> str:
    if evidence is not None:
        return str(EVIDENCE[evidence])
    return _("Verified action") if action else ""


def export_header(*, heads: bool) -> list[str]:
    """The header of an exported list of records."""
    if heads:
        return [_("Day"), _("Event"), _("Channel"), _("Fan"), _("Pioneer"), _("Unnamed heads")]
    return [
        _("Person"),
        _("Company"),
        _("Day"),
        _("Channel"),
        _("Evidence"),
        _("Event"),
        _("Fan"),
        _("Pioneer"),
    ]


def export_rows(records: Iterable[Record], names: Names, *, heads: bool) -> Iterator[list[Cell]]:
    """The rows of an exported list, one at a time."""
    for record in records:
        fan = names.fans.get(record.fan_id or 0, "")
        pioneer = names.pioneers.get(record.pioneer_id or 0, "")
        channel = str(CHANNELS[record.channel])
        if heads:
            yield [record.day, record.occasion_label, channel, fan, pioneer, record.n]
        else:
            yield [
                person_words(record),
                record.company_name,
                record.day,
                channel,
                evidence_words(record),
                record.occasion_label,
                fan,
                pioneer,
            ]
