"""Taking in files. Nothing commits."""

import hashlib
from dataclasses import dataclass
from typing import IO

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.files.models import StoredFile
from pioneers.files.rules import MOST_BYTES, check_bytes, kind_of, safe_name
from pioneers.web.tokens import new_code

AnySession = Session | scoped_session[Session]
CODE_LENGTH = 14


@dataclass(frozen=True)
class Upload:
    """A file that was looked at: what it is, and under which name it is offered."""

    name: str
    media_type: str
    content: bytes


def read_upload(source: IO[bytes], name: str) -> Upload:
    """Look at a file that somebody sent, before the transaction begins. Raises FileRefused."""
    content = source.read(MOST_BYTES + 1)
    check_bytes(len(content))
    kind = kind_of(content, name)
    return Upload(safe_name(name, kind), kind.media_type, content)


def keep_file(
    session: AnySession, *, programme_id: int, upload: Upload, actor_id: int | None
) -> StoredFile:
    """Keep a file that was read."""
    kept = StoredFile(
        programme_id=programme_id,
        code=new_code(CODE_LENGTH),
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        content=upload.content,
        added_at=clock.now(),
        added_by_id=actor_id,
    )
    session.add(kept)
    session.flush()
    return kept


def delete_file(session: AnySession, *, stored: StoredFile) -> None:
    """Delete a file; whoever points at it has let go of it."""
    session.delete(stored)
    session.flush()
