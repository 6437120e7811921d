"""Files and the photo of an item. None commits."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.files.actions import Upload, delete_file, keep_file
from pioneers.files.models import StoredFile
from pioneers.knowledge.indexing import index_item
from pioneers.knowledge.models import KnowledgeFile, KnowledgeItem
from pioneers.media.actions import delete_photo, keep_photo
from pioneers.media.models import Photo
from pioneers.media.reading import Pictures
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Attached:
    """A file of an item, as its page offers it."""

    file_id: int
    code: str
    name: str
    title: str
    size: int

    @property
    def ending(self) -> str:
        """What kind of file it is, in capitals."""
        return self.name.rpartition(".")[2].upper()


def files_of(session: AnySession, item: KnowledgeItem) -> list[Attached]:
    """The files of an item in their order; their content is not read."""
    rows = session.execute(
        select(
            StoredFile.id, StoredFile.code, StoredFile.name, KnowledgeFile.title, StoredFile.size
        )
        .join(KnowledgeFile, KnowledgeFile.file_id == StoredFile.id)
        .where(KnowledgeFile.item_id == item.id)
        .order_by(KnowledgeFile.position, StoredFile.id)
    )
    return [
        Attached(file_id, code, name, title or name, size)
        for file_id, code, name, title, size in rows
    ]


def file_at(session: AnySession, code: str, *conditions: ColumnElement[bool]) -> StoredFile | None:
    """The file with this code that goes with an item for which all of `conditions` hold."""
    return session.scalar(
        select(StoredFile)
        .join(KnowledgeFile, KnowledgeFile.file_id == StoredFile.id)
        .join(KnowledgeItem, KnowledgeItem.id == KnowledgeFile.item_id)
        .where(StoredFile.code == code, *conditions)
    )


def get_file(session: AnySession, item: KnowledgeItem, file_id: int) -> StoredFile:
    """A file of this item; NotFound for any other."""
    found = session.scalar(
        select(StoredFile)
        .join(KnowledgeFile, KnowledgeFile.file_id == StoredFile.id)
        .where(StoredFile.id == file_id, KnowledgeFile.item_id == item.id)
    )
    if found is None:
        raise NotFound
    return found


def attach_file(
    session: AnySession, *, item: KnowledgeItem, upload: Upload, title: str, user_id: int | None
) -> StoredFile:
    """Let a file go with an item: at once, also where the item is on the site."""
    kept = keep_file(session, programme_id=item.programme_id, upload=upload, actor_id=user_id)
    last = session.scalar(
        select(func.max(KnowledgeFile.position)).where(KnowledgeFile.item_id == item.id)
    )
    session.add(
        KnowledgeFile(
            item_id=item.id,
            file_id=kept.id,
            title=title.strip()[:LONGEST_TITLE],
            position=(last or 0) + 1,
        )
    )
    _changed(session, item, "knowledge.file_added", user_id)
    return kept


def remove_file(
    session: AnySession, *, item: KnowledgeItem, stored: StoredFile, user_id: int | None
) -> None:
    """Delete a file of an item."""
    link = session.get_one(KnowledgeFile, (item.id, stored.id))
    session.delete(link)
    session.flush()
    delete_file(session, stored=stored)
    _changed(session, item, "knowledge.file_removed", user_id)


def set_photo(
    session: AnySession,
    *,
    item: KnowledgeItem,
    pictures: Pictures,
    alt: str,
    user_id: int | None,
) -> Photo:
    """Give an item a photo, in place of the one it had."""
    before = item.photo_id
    photo = keep_photo(
        session, programme_id=item.programme_id, pictures=pictures, alt=alt, actor_id=user_id
    )
    item.photo_id = photo.id
    session.flush()
    _delete(session, before)
    _changed(session, item, "knowledge.photo_added", user_id)
    return photo


def remove_photo(session: AnySession, *, item: KnowledgeItem, user_id: int | None) -> None:
    """Delete the photo of an item."""
    before, item.photo_id = item.photo_id, None
    session.flush()
    _delete(session, before)
    _changed(session, item, "knowledge.photo_removed", user_id)


def _delete(session: AnySession, photo_id: int | None) -> None:
    if photo_id is not None:
        delete_photo(session, photo=session.get_one(Photo, photo_id))


def _changed(session: AnySession, item: KnowledgeItem, action: str, user_id: int | None) -> None:
    item.changed_at = clock.now()
    index_item(session, item)
    record(
        session,
        action,
        object_type="knowledge_item",
        object_id=item.id,
        programme_id=item.programme_id,
        actor_id=user_id,
    )
    session.flush()
