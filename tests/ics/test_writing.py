"""Our own lines against icalendar's reading of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Component

from pioneers.ics.building import Entry, Party, feed, invitation, single
from pioneers.ics.writing import clean, fold, parameter, text

START = datetime(2026, 7, 9, 18, tzinfo=UTC)
CHANGED = datetime(2026, 5, 1, 9, 30, 15, 123456, tzinfo=UTC)
NASTY = st.text(
    st.one_of(
        st.sampled_from(",;:\\\"'\n\r\t\x00\x0b\x1f\x7f\x85\u2028\u2029^%é€😀👩‍👧‍👦N n"),
        st.characters(exclude_categories=()),
    ),
    max_size=300,
)
REQUEST = Party("Programma", "pioniers@provincie.example")


def entry(**facts: object) -> Entry:
    """An evening in July."""
    given: dict[str, object] = {
        "uid": "event-1-20260501@pioneers",
        "sequence": 2,
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "title": "Slimmer werken",
        "changed_at": CHANGED,
    }
    return Entry(**given | facts)  # type: ignore[arg-type]


def event_of(ics: bytes | str) -> Component:
    """The one event of a calendar, as icalendar reads it."""
    found = Calendar.from_ical(ics).walk("VEVENT")
    assert len(found) == 1
    event: Component = found[0]
    assert not event.errors
    return event


@given(NASTY, NASTY, NASTY)
def test_every_text_is_read_back_as_it_was_written(title: str, place: str, told: str) -> None:
    event = event_of(feed([entry(title=title, place=place, text=told)], name="Agenda"))
    assert str(event["summary"]) == clean(title)
    assert str(event.get("location", "")) == clean(place)
    assert str(event.get("description", "")) == clean(told)


@given(NASTY)
def test_a_text_is_written_as_icalendar_writes_it(value: str) -> None:
    assert text(value) == vText(clean(value)).to_ical().decode()


@given(NASTY)
def test_no_line_is_longer_than_75_octets_and_no_character_is_split(value: str) -> None:
    written = fold("SUMMARY:" + text(value)).encode()
    assert written.endswith(b"\r\n")
    parts = written.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert all(part.startswith(b" ") for part in parts[1:])
    assert "".join(part.decode()[1:] for part in [b" " + parts[0], *parts[1:]]) == (
        "SUMMARY:" + text(value)
    )


@given(NASTY, NASTY)
def test_no_name_and_no_address_breaks_out_of_its_line(name: str, url: str) -> None:
    ics = invitation(entry(organizer=REQUEST, attendee=Party(name, "a@b.example"), url=url))
    event = event_of(ics)
    assert isinstance(event["attendee"], vCalAddress)
    assert event["attendee"] == "mailto:a@b.example"
    assert event["attendee"].params["PARTSTAT"] == "ACCEPTED"
    assert {key.lower() for key in event} <= {
        *("uid", "dtstamp", "last-modified", "sequence", "dtstart", "dtend", "status", "summary"),
        *("organizer", "attendee", "url"),
    }


@given(NASTY)
def test_an_entry_equals_the_one_that_icalendar_builds(title: str) -> None:
    ours = event_of(single(entry(title=title, place="Zwolle", url="https://a.example/b/CODE")))
    theirs = Component()
    theirs.add("uid", "event-1-20260501@pioneers")
    theirs.add("summary", clean(title))
    theirs.add("location", "Zwolle")
    theirs.add("url", "https://a.example/b/CODE")
    theirs.add("status", "CONFIRMED")
    theirs.add("sequence", 2)
    for name in ("dtstamp", "last-modified"):
        theirs.add(name, CHANGED.replace(microsecond=0))
    for name, value in (("dtstart", START), ("dtend", START + timedelta(hours=2))):
        theirs.add(name, value.astimezone(ours.decoded(name).tzinfo))
    for name in theirs:
        assert ours.decoded(name) == theirs.decoded(name), name
    assert set(ours) == set(theirs)


def test_a_parameter_is_quoted() -> None:
    assert parameter('Jan "de" Wit; Zn, & Co: x\ny') == "\"Jan 'de' Wit; Zn, & Co: x y\""
    event = event_of(invitation(entry(attendee=Party("Wit, J.; de", "j@w.example"))))
    assert event["attendee"].params["CN"] == "Wit, J.; de"


def test_a_feed_says_how_often_to_come_back_and_what_it_is_called() -> None:
    ics = feed([], name="Agenda van ons", source="https://a.example/x.ics").decode()
    calendar = Calendar.from_ical(ics)
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in ics
    assert "\r\nX-PUBLISHED-TTL:PT1H\r\n" in ics
    assert calendar["name"] == calendar["x-wr-calname"] == "Agenda van ons"
    assert "METHOD" not in calendar
    assert calendar["source"] == "https://a.example/x.ics"


def test_the_same_entries_are_the_same_bytes() -> None:
    assert feed([entry()], name="X") == feed([entry()], name="X")


def test_an_invitation_names_its_method_its_status_and_its_people() -> None:
    request = Calendar.from_ical(invitation(entry(organizer=REQUEST)))
    cancel = Calendar.from_ical(invitation(entry(is_cancelled=True), is_cancellation=True))
    assert request["method"] == "REQUEST"
    assert cancel["method"] == "CANCEL"
    assert cancel.walk("VEVENT")[0]["status"] == "CANCELLED"
    assert event_of(invitation(entry(is_tentative=True)))["status"] == "TENTATIVE"
    assert event_of(invitation(entry(organizer=REQUEST)))["organizer"].params["CN"] == "Programma"


def test_a_cancellation_says_so_and_is_stamped_after_the_invitation() -> None:
    asked, gone = (
        event_of(invitation(entry(attendee=REQUEST), is_cancellation=off)) for off in (False, True)
    )
    assert (asked["status"], gone["status"]) == ("CONFIRMED", "CANCELLED")
    assert asked["uid"] == gone["uid"]
    assert gone["sequence"] >= asked["sequence"]
    assert gone.decoded("dtstamp") > asked.decoded("dtstamp")
