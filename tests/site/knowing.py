"""How items of the knowledge base are made, for the addresses of their pages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from pioneers import clock
from pioneers.files.actions import Upload
from pioneers.files.models import StoredFile
from pioneers.knowledge.attaching import attach_file, set_photo
from pioneers.knowledge.links import PURPOSE
from pioneers.knowledge.models import KnowledgeItem, KnowledgeUse, UseKind
from pioneers.media.reading import read_photo
from pioneers.publishing.models import SiteSettings
from pioneers.web.tokens import new_nonce, sign
from tests.conftest import SECRET
from tests.knowledge.scene import make_published
from tests.media.pictures import jpeg

if TYPE_CHECKING:
    from tests.site.world import World


def _item(world: World) -> int:
    if world.session.get(SiteSettings, world.programme.id) is None:
        world.session.add(
            SiteSettings(programme_id=world.programme.id, changed_at=clock.now(), is_open=True)
        )
    item = make_published(world.session, world.programme)
    pictures = read_photo(BytesIO(jpeg()))
    set_photo(world.session, item=item, pictures=pictures, alt="", user_id=None)
    return item.id


def _item_slug(world: World) -> str:
    return world.session.get_one(KnowledgeItem, world["item_id"]).slug


def _file_id(world: World) -> int:
    item = world.session.get_one(KnowledgeItem, world["item_id"])
    kept = attach_file(
        world.session,
        item=item,
        upload=Upload("werkblad.pdf", "application/pdf", b"%PDF-1.7\n%%EOF"),
        title="",
        user_id=None,
    )
    return kept.id


def _file_code(world: World) -> str:
    return world.session.get_one(StoredFile, world["file_id"]).code


def _use_token(world: World) -> str:
    item = world.session.get_one(KnowledgeItem, world["item_id"])
    use = KnowledgeUse(
        item_id=item.id, kind=UseKind.WILL_USE, at=clock.now(), token_nonce=new_nonce()
    )
    world.session.add(use)
    world.session.flush()
    return sign(SECRET, PURPOSE, use.id, use.token_nonce)


MAKERS: dict[str, Callable[[World], object]] = {
    "item_id": _item,
    "item_slug": _item_slug,
    "file_id": _file_id,
}
ON_PAGE: dict[tuple[str, str], Callable[[World], object]] = {
    ("knowledge.file", "code"): _file_code,
    ("knowledge.file", "name"): lambda _world: "werkblad.pdf",
    ("knowledge.records", "figure"): lambda _world: "helped",
    ("knowledge.followed", "token"): _use_token,
    ("knowledge.restore", "number"): lambda _world: 1,
    ("knowledge.preview", "number"): lambda _world: 1,
}
