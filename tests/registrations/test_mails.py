"""What the mails of a registration hold: codes to check in, who is there, what changed."""

import re
import zlib
from base64 import b64decode
from datetime import timedelta

import pytest
import zxingcpp
from icalendar import Calendar
from icalendar import Event as Component
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.events.models import Event, Speaker
from pioneers.events.wording import before
from pioneers.mail.models import MailMessage
from pioneers.programmes.models import Programme
from pioneers.registrations import actions, jobs
from pioneers.registrations.codes import in_camera
from pioneers.registrations.queries import party_of
from pioneers.registrations.rules import Colleague
from tests.factories import make_company, make_fan, make_person, make_pioneer
from tests.registrations.conftest import Registers


def mail_of(session: Session, kind: str) -> MailMessage:
    """The only mail of a kind."""
    query = select(MailMessage).where(MailMessage.kind == f"registration.{kind}")
    return session.scalars(query).one()


def read_code(png: bytes) -> str:
    """What a camera reads from a PNG of one bit a pixel, a line whole or beside the one above."""
    width = int.from_bytes(png[16:20])
    rest, data = png[8:], b""
    while rest:
        length = int.from_bytes(rest[:4])
        data += rest[8 : 8 + length] if rest[4:8] == b"IDAT" else b""
        rest = rest[12 + length :]
    lines, stride = zlib.decompress(data), 1 + (width + 7) // 8
    pixels, line = bytearray(), bytes(stride - 1)
    for start in range(0, len(lines), stride):
        told = lines[start + 1 : start + stride]
        assert lines[start] in {0, 2}  # the filters that segno uses: none and up
        above = line if lines[start] else bytes(stride - 1)
        line = bytes((one + two) % 256 for one, two in zip(told, above, strict=True))
        bits = "".join(f"{octet:08b}" for octet in line)
        pixels += bytes(255 * int(bit) for bit in bits[:width])
    picture = memoryview(bytes(pixels)).cast("B", shape=(len(pixels) // width, width))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def codes_in(mail: MailMessage) -> list[str]:
    """What cameras read from the pictures of a mail."""
    found = re.findall(r'src="data:image/png;base64,([^"]+)"', mail.html)
    return [read_code(b64decode(each)) for each in found]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["Gastheer: Kring Ommen", "Spreker: Bram", "Met u: Chris & Co", "Om in te checken"]),
        ("en", ["Host: Kring Ommen", "Speaker: Bram", "With you: Chris & Co", "To check in"]),
    ],
)
def test_confirmation_and_reminder_hold_each_code_and_name_who_is_there(
    registers: Registers,
    session: Session,
    programme: Programme,
    event: Event,
    language: str,
    words: list[str],
) -> None:
    event.fan_id = make_fan(session, programme, name="Kring Ommen").id
    company = make_company(session, programme)
    bram = make_person(session, programme, company, first_name="Bram", family_name="Oosterhof")
    pioneer = make_pioneer(session, programme, company=company, person=bram)
    session.add(Speaker(event_id=event.id, pioneer_id=pioneer.id, position=1))
    lead = registers("anne", colleagues=(Colleague("Chris & Co"),), language=language)
    with clock.at(event.starts_at - timedelta(hours=20)):
        jobs.reminders(session)
    party = party_of(session, lead)
    assert len(party) == 2
    for kind in ("confirmed", "reminder_day"):
        mail = mail_of(session, kind)
        for each in words:
            assert each in mail.text
        for one in party:
            assert f"{one.name}: {one.code}" in mail.text
        assert codes_in(mail) == [in_camera(one) for one in party]
        assert "\n\n\n" not in mail.text


def test_what_is_not_known_leaves_no_line(registers: Registers, session: Session) -> None:
    registers("anne")
    text = mail_of(session, "confirmed").text
    for label in ("Gastheer", "Spreker", "Met u"):
        assert label not in text


def test_other_mails_hold_no_code(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    lead = registers("anne")
    actions.cancel_registration(session, programme=programme, event=event, registration=lead)
    mail = mail_of(session, "cancelled")
    assert lead.code not in mail.text
    assert codes_in(mail) == []


def test_a_move_tells_how_it_was(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    registers("anne")
    event.starts_at, event.ends_at = (
        clock.from_local(clock.local(moment).date(), clock.local(moment).time())
        for moment in (event.starts_at, event.ends_at)
    )
    earlier, day = before(event), clock.local(event.starts_at).day
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    event.sequence += 1
    actions.tell_moved(session, programme=programme, event=event, earlier=earlier)
    text = mail_of(session, "moved").text
    was, _mark, now = text.partition("Nu is het:")
    assert "Eerst was het: " in was
    assert f" {day} " in was
    assert f" {clock.local(event.starts_at).day} " in now
    assert "Dorpsstraat 1, Ommen" not in was  # it is where it was


def read(mail: MailMessage) -> Component:
    """The invitation of a mail."""
    (event,) = Calendar.from_ical(mail.calendar or "").walk("VEVENT")
    return event


def test_who_cancels_is_taken_off_the_calendar_and_put_on_it_again(
    registers: Registers, session: Session, programme: Programme, event: Event
) -> None:
    now = clock.now()
    with clock.at(now):  # all of it in one second
        lead = registers("anne")
        actions.cancel_registration(session, programme=programme, event=event, registration=lead)
    asked, gone = read(mail_of(session, "confirmed")), read(mail_of(session, "cancelled"))
    assert (asked["status"], gone["status"]) == ("CONFIRMED", "CANCELLED")
    assert gone["uid"] == asked["uid"]
    assert gone["attendee"] == asked["attendee"]
    assert gone["sequence"] >= asked["sequence"]
    assert gone.decoded("dtstamp") > asked.decoded("dtstamp")
    with clock.at(now + timedelta(seconds=5)):
        registers("anne")
    query = select(MailMessage).where(MailMessage.kind == "registration.confirmed")
    anew = read(session.scalars(query.order_by(MailMessage.id.desc())).first())  # type: ignore[arg-type]
    assert anew["sequence"] >= gone["sequence"]
    assert anew.decoded("dtstamp") > gone.decoded("dtstamp")
