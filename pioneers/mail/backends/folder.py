"""Mail as files in a folder: for trying out, and for an installation without a mail server.

A message is written beside and renamed, under a name of its own: to write it again, after a worker
was killed, changes nothing. So this way out needs no mark of handing over.
"""

import os
from pathlib import Path

from pioneers import clock
from pioneers.mail.addresses import BadAddress
from pioneers.mail.backends.base import HandOver
from pioneers.mail.building import Outgoing, Sender, build
from pioneers.mail.outcomes import Outcome, Problem, Refused, Sent, TryAgain


class Folder:
    """Writes `<row>.<digits>.eml`."""

    def __init__(self, folder: Path, sender: Sender) -> None:
        self.folder, self.sender = folder, sender

    def deliver(self, message: Outgoing, hand_over: HandOver) -> Outcome:  # noqa: ARG002 - see above
        """Write the file."""
        try:
            whole = build(message, self.sender, clock.now()).as_bytes()
        except BadAddress:
            return Refused(Problem.ADDRESS)
        target = file_of(self.folder, message)
        beside = target.with_suffix(f".{os.getpid()}.part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.write_bytes(whole)
            beside.replace(target)
        except OSError as error:
            return TryAgain(error.strerror or Problem.UNREACHABLE, unreachable=True)
        return Sent(target.name)

    def close(self) -> None:
        """Nothing is kept open."""


def file_of(folder: Path, message: Outgoing) -> Path:
    """Where a message is written."""
    return folder / f"{message.mark}.eml"
