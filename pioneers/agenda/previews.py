"""What was read of a calendar, carried by the page that shows it until somebody agrees.

Signed, so that what becomes proposals is what was read; nothing is kept on the server meanwhile.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from pioneers.agenda.fetching import Fetched
from pioneers.agenda.reading import OutsideEntry, Reading

SECONDS = 3600
MOMENTS = ("starts_at", "ends_at", "changed_at")


@dataclass(frozen=True)
class Preview:
    """A calendar that somebody may agree to follow."""

    fan_id: int
    address: str | None
    etag: str | None
    last_modified: str | None
    reading: Reading

    @property
    def fetched(self) -> Fetched:
        """What the server answered, without the text, which has been read."""
        return Fetched(b"", self.etag, self.last_modified)


def packed(preview: Preview, *, secret: str, programme_id: int) -> str:
    """The preview as text for a form."""
    told = asdict(preview)
    for entry in told["reading"]["entries"]:
        for name in MOMENTS:
            entry[name] = entry[name].isoformat() if entry[name] else None
    return str(_serializer(secret, programme_id).dumps(told))


def unpacked(text: str, *, secret: str, programme_id: int) -> Preview | None:
    """The preview of a form; None when it is too old or not ours."""
    try:
        told: dict[str, Any] = _serializer(secret, programme_id).loads(text, max_age=SECONDS)
    except BadData:
        return None
    for entry in told["reading"]["entries"]:
        for name in MOMENTS:
            entry[name] = datetime.fromisoformat(entry[name]) if entry[name] else None
    read = told.pop("reading")
    entries = tuple(OutsideEntry(**entry) for entry in read.pop("entries"))
    return Preview(**told, reading=Reading(entries=entries, **read))


def _serializer(secret: str, programme_id: int) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"pioneers-calendar-preview-{programme_id}")
