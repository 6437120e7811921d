"""A row of the outbox as a MIME message: text, HTML, and an invitation where there is one. Pure."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from pioneers.mail.addresses import named, plain
from pioneers.mail.rendering import one_line

# Seven bits, so that no server has to offer more.
POLICY = policy.SMTP.clone(cte_type="7bit")
METHODS = frozenset({"REQUEST", "CANCEL"})
FILE_NAME = "invite.ics"
PICTURE = re.compile(r'src="data:image/png;base64,([A-Za-z0-9+/=]+)"')
# Programs that answer mail by themselves leave ours alone (RFC 3834; the second is Outlook's).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}


@dataclass(frozen=True)
class Sender:
    """Who all mail comes from."""

    address: str
    name: str


@dataclass(frozen=True)
class Outgoing:
    """A message as a back end takes it: a row of the outbox, apart from the database."""

    id: int
    key: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    calendar: str | None = None
    calendar_method: str = ""
    reply_to: str | None = None
    unsubscribe: str = ""

    @property
    def mark(self) -> str:
        """What names the message to others: the row, with a part that nobody can guess from it."""
        return f"{self.id}.{hashlib.sha256(self.key.encode()).hexdigest()[:16]}"

    def message_id(self, sender: Sender) -> str:
        """The Message-ID: the same however often it is tried, so that doubles can be recognised."""
        return f"<{self.mark}@{plain(sender.address).rpartition('@')[2]}>"

    @property
    def leaving(self) -> dict[str, str]:
        """The headers by which a mail program lets somebody leave in one click (RFC 8058)."""
        if not self.unsubscribe:
            return {}
        return {
            "List-Unsubscribe": f"<{one_line(self.unsubscribe)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }

    @property
    def calendar_type(self) -> str:
        """The content type of the invitation, as calendars look for it (RFC 6047)."""
        return f"text/calendar; method={self.method}"

    @property
    def method(self) -> str:
        """What the invitation does; an unknown word becomes a plain REQUEST."""
        return self.calendar_method if self.calendar_method in METHODS else "REQUEST"


@dataclass(frozen=True)
class Inline:
    """A picture of the HTML part, as a part of its own; the HTML names it by `cid`."""

    cid: str
    name: str
    png: bytes


def parted(message: Outgoing) -> tuple[str, list[Inline]]:
    """The HTML part with its pictures taken out, and these: programs show no data in an address."""
    pictures: list[Inline] = []

    def take(found: re.Match[str]) -> str:
        name = f"code-{len(pictures) + 1}.png"
        cid = f"{name}.{message.mark}@pioneers"
        pictures.append(Inline(cid, name, base64.b64decode(found[1])))
        return f'src="cid:{cid}"'

    return PICTURE.sub(take, message.html), pictures


def build(message: Outgoing, sender: Sender, at: datetime) -> EmailMessage:
    """The MIME message; raises BadAddress where an address is none."""
    mime = EmailMessage(policy=POLICY)
    mime["Message-ID"] = message.message_id(sender)
    mime["Date"] = format_datetime(at)
    mime["From"] = named(sender.address, sender.name)
    mime["To"] = named(message.to_address, message.to_name)
    if message.reply_to:
        mime["Reply-To"] = named(message.reply_to, "")
    mime["Subject"] = one_line(message.subject)
    for name, value in {**AUTOMATIC, **message.leaving}.items():
        mime[name] = value
    mime.set_content(message.text)
    html, pictures = parted(message)
    mime.add_alternative(html, subtype="html")
    for one in pictures:
        _add_picture(mime, one)
    if message.calendar:
        mime.add_alternative(
            message.calendar, subtype="calendar", params={"method": message.method}, cte="base64"
        )
        mime.add_attachment(
            message.calendar.encode(), maintype="application", subtype="ics", filename=FILE_NAME
        )
    return mime


def _add_picture(mime: EmailMessage, picture: Inline) -> None:
    """Beside the HTML part, which is the last one until there is an invitation."""
    html = list(mime.iter_parts())[-1]
    assert isinstance(html, EmailMessage)  # noqa: S101 - as it was made
    html.add_related(
        picture.png,
        maintype="image",
        subtype="png",
        cid=f"<{picture.cid}>",
        disposition="inline",
        filename=picture.name,
    )
