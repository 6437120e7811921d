"""The message as it leaves: its parts and headers, and what nobody can smuggle into them."""

import email
import re
from datetime import UTC, datetime
from email import policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.mail.addresses import BadAddress, is_address, named, plain
from pioneers.mail.backends.sendgrid import request_body
from pioneers.mail.backends.smtp import _stuffed
from pioneers.mail.building import Outgoing, Sender, build
from pioneers.mail.kinds import Picture, Words
from pioneers.mail.rendering import render

SENDER = Sender("pioniers@voorbeeld.example", "Pioniers Overijssel")
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Café\r\nEND:VCALENDAR\r\n"


def outgoing(**facts: object) -> Outgoing:
    """A message."""
    known: dict[str, object] = {
        "id": 7,
        "key": "tests:7",
        "to_address": "anne@voorbeeld.example",
        "to_name": "Anne",
        "subject": "Tot donderdag",
        "text": "Tot donderdag\n",
        "html": "<p>Tot donderdag</p>",
    }
    return Outgoing(**known | facts)  # type: ignore[arg-type]


def parsed(message: Outgoing):
    """What the other side reads."""
    return email.message_from_bytes(build(message, SENDER, AT).as_bytes(), policy=policy.SMTP)


def test_a_message_has_a_text_and_an_html_part() -> None:
    found = parsed(outgoing(text="Één\n", html="<p>Één</p>"))
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert found.get_body(("plain",)).get_content().strip() == "Één"
    assert build(outgoing(text="Één"), SENDER, AT).as_bytes().isascii()


def test_an_invitation_is_an_alternative_with_its_method_and_a_file() -> None:
    found = parsed(outgoing(calendar=CALENDAR, calendar_method="CANCEL"))
    assert found.get_content_type() == "multipart/mixed"
    alternatives, file = found.iter_parts()
    invitation = list(alternatives.iter_parts())[-1]
    assert invitation.get_content_type() == "text/calendar"
    assert invitation.get_param("method") == "CANCEL"
    assert invitation.get_param("charset") == "utf-8"
    assert "Café" in invitation.get_content()
    assert file.get_filename() == "invite.ics"
    assert file.get_content() == CALENDAR.encode()


def test_a_message_keeps_its_name_however_often_it_is_tried() -> None:
    one, two = (build(outgoing(), SENDER, moment) for moment in (AT, AT.replace(hour=13)))
    assert one["Message-ID"] == two["Message-ID"]
    assert one["Message-ID"].endswith("@voorbeeld.example>")
    assert one["Message-ID"] != build(outgoing(id=8), SENDER, AT)["Message-ID"]
    assert one["Auto-Submitted"] == "auto-generated"
    assert one["Date"] == "Tue, 24 Nov 2026 12:00:00 +0000"


def test_names_are_encoded() -> None:
    found = parsed(outgoing(to_name='Zoë "Bé" <x@y.example>, de Ügen'))
    (address,) = found["To"].addresses
    assert address.addr_spec == "anne@voorbeeld.example"
    assert address.display_name == 'Zoë "Bé" <x@y.example>, de Ügen'


BREAKS = st.text(st.sampled_from("\r\n\0\v\f\x1c\x85\u2028a@<>,;: "), max_size=30)


@given(BREAKS, BREAKS)
def test_what_people_typed_makes_no_header(name: str, subject: str) -> None:
    found = parsed(outgoing(to_name=f"A{name}Bcc: x@y.example", subject=f"{subject}\nBcc: x"))
    assert set(found.keys()) <= {
        *("Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted"),
        *("X-Auto-Response-Suppress", "MIME-Version", "Content-Type"),
    }
    assert [one.addr_spec for one in found["To"].addresses] == ["anne@voorbeeld.example"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anne",
        "anne@",
        "@voorbeeld.example",
        "anne@localhost",
        "anne@voorbeeld.example\nBcc: x@y.example",
        "anne\r\n@voorbeeld.example",
        "anne@voorbeeld.example\r\nRCPT TO:<x@y.example>",
        "anne@voorbeeld.example, x@y.example",
        "<anne@voorbeeld.example>",
        '"a b"@voorbeeld.example',
        "a..b@voorbeeld.example",
        ".a@voorbeeld.example",
        "zoë@voorbeeld.example",
        "anne@[127.0.0.1]",
        "a@" + "b" * 250 + ".example",
        "a@" + "b." * 126 + "example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(BadAddress):
        build(outgoing(to_address=address), SENDER, AT)
    with pytest.raises(BadAddress):
        request_body(outgoing(to_address=address), SENDER)


@given(st.text(max_size=60))
def test_an_address_that_is_taken_ends_no_line(address: str) -> None:
    if is_address(address):
        assert not set(plain(address)) & set("\r\n\0 ,<>")
        assert named(address, "x").addr_spec.isascii()


def test_a_domain_in_letters_of_its_own_is_written_in_ascii() -> None:
    assert plain("info@café.example") == "info@xn--caf-dma.example"


def test_a_line_that_is_a_dot_does_not_end_the_message() -> None:
    assert _stuffed(b"a\n.\n..b\n") == b"a\r\n..\r\n...b\r\n"


SITE = "https://pioniers.example"
TYPED = '<script>alert(1)</script> & "x" {link} [Klik](link)'


def test_the_html_part_escapes_what_people_typed() -> None:
    words = Words("Over {name}", "Beste {name},\n\n[Open](link)")
    done = render(words, {"name": TYPED, "link": 'https://x.example/"><b>'}, frame=TYPED, site=SITE)
    assert "<script" not in done.html
    assert "<b>" not in done.html
    assert done.html.count("<a ") == 1  # what was typed made no button
    assert TYPED in done.text


@pytest.mark.parametrize(
    "typed",
    [
        "Klik https://evil.example/phish",
        "https://evil.example/phish",
        "https://pioniers.example.evil.example/",
        "https://pioniers.example@evil.example/",
        "https://pioniers.example/ https://evil.example/",
        "//evil.example",
    ],
)
def test_what_people_typed_is_never_a_link(typed: str) -> None:
    words = Words("Over {name}", "Beste {name},\n\nhttps://{name} en {name}\n\n[Open](link)")
    done = render(words, {"name": typed, "link": f"{SITE}/r/1"}, frame=typed, site=SITE)
    assert re.findall('href="([^"]*)"', done.html) == [f"{SITE}/r/1"]


def test_addresses_of_the_words_and_of_the_site_are_links() -> None:
    words = Words("x", "Zie https://voorbeeld.example/uitleg.\nUw plaats: {link}\n{where}")
    fields = {"link": f"{SITE}/r/1", "where": "Hal\nOmmen"}
    done = render(words, fields, frame="x", site=SITE)
    assert re.findall('href="([^"]*)"', done.html) == [
        "https://voorbeeld.example/uitleg",
        f"{SITE}/r/1",
    ]
    assert "Hal<br>\nOmmen" in done.html


def test_sendgrid_gets_the_same_without_tracking() -> None:
    body = request_body(
        outgoing(calendar=CALENDAR, calendar_method="REQUEST", reply_to="fan@voorbeeld.example"),
        SENDER,
    )
    assert [one["type"] for one in body["content"]] == [
        *("text/plain", "text/html", "text/calendar; method=REQUEST")
    ]
    assert body["reply_to"] == {"email": "fan@voorbeeld.example"}
    assert body["custom_args"] == {"message_id": outgoing().mark}
    assert body["headers"]["Message-ID"] == outgoing().message_id(SENDER)
    assert not any(one["enable"] for one in body["tracking_settings"].values())
    assert body["attachments"][0]["filename"] == "invite.ics"


PNG = bytes.fromhex("89504e470d0a1a0a") + b"picture"


def test_a_line_without_a_filled_field_is_left_out_with_its_words() -> None:
    words = Words(
        "x", "Beste {name},\n\n{title}\nSpreker: {speaker}\n\n{remark}\n\n[Open](link)\n\nTot dan"
    )
    done = render(words, {"name": "Anne", "title": "Avond"}, frame="x", site=SITE)
    assert done.text == "Beste Anne,\n\nAvond\n\nTot dan\n"
    assert "Spreker" not in done.html
    assert "<a " not in done.html
    assert '<p style="margin:0 0 16px"></p>' not in done.html


def test_what_was_typed_leaves_one_blank_line_at_most() -> None:
    words = Words("x", "{remark}\n\nTot dan")
    done = render(words, {"remark": "\n\nEen\r\n\r\n \r\nTwee\n"}, frame="x", site=SITE)
    assert done.text == "Een\n\nTwee\n\nTot dan\n"


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_mail_has_two_blank_lines_together(one: str, two: str) -> None:
    words = Words("x", "Beste {one},\n\n{two}\n\nWaar: {two}\n{one}\n\nTot dan")
    done = render(words, {"one": one, "two": two}, frame="x", site=SITE)
    assert "\n\n\n" not in done.text


def test_pictures_stand_below_their_lines_and_leave_as_parts() -> None:
    words = Words("x", "Codes:\n{codes}")
    pictures = {"codes": [Picture('QR "van" Anne', PNG), Picture("QR van Bram", PNG + b"2")]}
    codes = {"codes": "Anne: K7Q2\nBram: P4R8"}
    done = render(words, codes, frame="x", site=SITE, pictures=pictures)
    assert re.findall("(?:Anne: K7Q2|Bram: P4R8|<img)", done.html) == [
        *("Anne: K7Q2", "<img", "Bram: P4R8", "<img")
    ]
    found = parsed(outgoing(html=done.html, calendar=CALENDAR, calendar_method="REQUEST"))
    alternatives, _file = found.iter_parts()
    text, related, _invitation = alternatives.iter_parts()
    assert (text.get_content_type(), related.get_content_type()) == (
        *("text/plain", "multipart/related"),
    )
    html, *images = related.iter_parts()
    assert "data:" not in html.get_content()
    assert [one.get_content() for one in images] == [PNG, PNG + b"2"]
    assert re.findall('src="cid:([^"]+)"', html.get_content()) == [
        one["Content-ID"].strip("<>") for one in images
    ]
    sent = request_body(outgoing(html=done.html), SENDER)
    assert "data:" not in sent["content"][1]["value"]
    assert [one["disposition"] for one in sent["attachments"]] == ["inline", "inline"]
    assert all(
        f'cid:{one["content_id"]}"' in sent["content"][1]["value"] for one in sent["attachments"]
    )


def test_what_people_typed_becomes_no_picture() -> None:
    typed = '<img src="data:image/png;base64,AAAA">'
    done = render(Words("x", "{name}"), {"name": typed}, frame=typed, site=SITE)
    assert 'src="cid:' not in parsed(outgoing(html=done.html)).get_body(("html",)).get_content()


def test_who_can_leave_in_one_click_finds_the_address_in_the_headers() -> None:
    message = outgoing(unsubscribe="https://pioniers.example/n/abc/direct?m=7")
    found = parsed(message)
    assert found["List-Unsubscribe"] == "<https://pioniers.example/n/abc/direct?m=7>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert request_body(message, SENDER)["headers"]["List-Unsubscribe"].startswith("<https://")
    assert parsed(outgoing())["List-Unsubscribe"] is None
