"""The public page of an item, and the same page as a preview for the project team."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.knowledge import queries
from pioneers.knowledge.actions import words_of
from pioneers.knowledge.attaching import files_of
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.item_views import ONE
from pioneers.knowledge.labels import KINDS
from pioneers.knowledge.models import KnowledgeItem
from pioneers.knowledge.rules import ItemWords
from pioneers.knowledge.shown import facts, size_words
from pioneers.markup.rendering import to_html
from pioneers.media.models import Photo
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.publishing.frame import enter, open_site
from pioneers.publishing.models import SiteSettings
from pioneers.publishing.queries import Site, site_of
from pioneers.web.access import public
from pioneers.web.errors import NotFound


@blueprint.get("/kennis/<slug>/<item_slug>")
@public
def page(slug: str, item_slug: str) -> ResponseReturnValue:
    """An item, for everybody."""
    site = open_site(slug)
    item = queries.published_item(db.session, site.programme.id, item_slug, clock.now())
    if item is None:
        raise NotFound
    words = ItemWords(item.title, item.summary, item.body, item.link)
    return _page(site, item, words, is_preview=False)


@blueprint.get(f"{ONE}/voorbeeld/<int:number>")
@permitted(Permission.EDIT_KNOWLEDGE)
def preview(programme: Programme, item_id: int, number: int) -> ResponseReturnValue:
    """A version as everybody would see it."""
    item = queries.get_item(db.session, programme, item_id)
    revision = queries.get_revision(db.session, item, number)
    site = site_of(db.session, programme) or Site(
        programme, SiteSettings(programme_id=programme.id, changed_at=clock.now())
    )
    enter(site)
    return _page(site, item, words_of(revision), is_preview=True)


def _page(site: Site, item: KnowledgeItem, words: ItemWords, *, is_preview: bool) -> str:
    now, slug = clock.now(), site.programme.slug
    photo = db.session.get(Photo, item.photo_id) if item.photo_id else None
    photo_href = None
    if photo is not None and is_preview:
        photo_href = url_for("knowledge.own_photo", slug=slug, item_id=item.id, v=photo.code)
    elif photo is not None:
        photo_href = url_for("knowledge.photo", slug=slug, item_slug=item.slug, v=photo.code)
    return render_template(
        "knowledge/page.html",
        item=item,
        words=words,
        body=to_html(words.body),
        kinds=KINDS,
        facts=facts(db.session, item),
        files=files_of(db.session, item),
        size_words=size_words,
        photo=photo,
        photo_href=photo_href,
        related=queries.related(db.session, item, now),
        is_preview=is_preview,
        list_href=link_to("knowledge.index", slug=slug),
    )
