"""Periodic work of this feature."""

from datetime import timedelta

from sqlalchemy.orm import Session

from pioneers.accounts.current import settings
from pioneers.mail.jobs import Job
from pioneers.mailroom.actions import empty_old


def empty(session: Session) -> int:
    """Empty what was kept long enough, in the table and in the folder; commits each part."""
    done = 0
    folder = settings().mail_folder
    while found := empty_old(session):
        for message in found:
            if message.provider_id and message.provider_id.endswith(".eml"):
                (folder / message.provider_id).unlink(missing_ok=True)
        session.commit()
        done += len(found)
    return done


JOBS: tuple[Job, ...] = (Job("mailroom.empty", timedelta(hours=6), empty),)
