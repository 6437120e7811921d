"""What a back end is."""

from collections.abc import Callable
from typing import Protocol

from pioneers.mail.building import Outgoing
from pioneers.mail.outcomes import Outcome

# Writes down that the message is handed over now; False when this worker has it no longer.
HandOver = Callable[[], bool]


class Backend(Protocol):
    """A way out for mail, used by one worker; it may keep a connection from message to message."""

    def deliver(self, message: Outgoing, hand_over: HandOver) -> Outcome:
        """Try once. `hand_over` is called at the last moment at which the server cannot yet have
        taken the message; when it answers False the message is dropped."""

    def close(self) -> None:
        """Let go of the connection."""


def said(code: int, text: bytes | str) -> str:
    """What a server said, in one short line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(f"{code} {words}".split())[:300]
