"""Every page of this feature, on one blueprint."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import lazy_gettext as _l

from pioneers.db import db
from pioneers.programmes.models import Programme
from pioneers.publishing.fixed import FixedPage, register_fixed, register_own
from pioneers.publishing.frame import (
    AnySession,
    PublicAddress,
    PublicEntry,
    register_addresses,
    register_entry,
    register_own_links,
    register_stamp,
)
from pioneers.publishing.queries import Site
from pioneers.publishing.texts import own_on_site
from pioneers.web.i18n import language
from pioneers.website import page_views, rendering
from pioneers.website.blueprint import blueprint
from pioneers.website.stamping import stamp
from pioneers.website.standard import standard

FIXED = (
    ("home", _l("Home"), "website.home", rendering.home),
    ("pioniers", _l("Pioneers"), "website.pioneers", rendering.pioneers),
    ("podia", _l("Stages"), "website.stages", rendering.stages),
    ("kringen", _l("Circles"), "website.circles", rendering.circles),
    ("contact", _l("Contact"), "website.contact", rendering.contact),
    ("privacy", _l("Privacy"), "website.privacy", rendering.plain),
    ("toegankelijkheid", _l("Accessibility"), "website.accessibility", rendering.plain),
)
for key, label, endpoint, render in FIXED:
    register_fixed(FixedPage(key, label, endpoint, standard(key), render))
register_own(rendering.plain)
register_entry(PublicEntry(_l("Pioneers"), "website.pioneers", 40))
register_entry(PublicEntry(_l("Stages"), "website.stages", 50))
register_entry(PublicEntry(_l("Circles"), "website.circles", 60))
register_entry(PublicEntry(_l("Contact"), "website.contact", 130, foot=True))
register_entry(PublicEntry(_l("Privacy"), "website.privacy", 150, foot=True))
register_entry(PublicEntry(_l("Accessibility"), "website.accessibility", 160, foot=True))


def own_links(site: Site, *, foot: bool) -> Iterable[tuple[str, str]]:
    """The own pages that everybody sees, in the menu or below every page, each once."""
    pages = sorted(
        own_on_site(db.session, site.programme), key=lambda one: one.language != language()
    )
    titles: dict[str, str] = {}
    for one in pages:
        if one.in_menu != foot:
            titles.setdefault(one.key, one.title)
    return [
        (title, url_for("website.own", slug=site.programme.slug, page_key=key))
        for key, title in sorted(titles.items())
    ]


def addresses(session: AnySession, programme: Programme) -> Iterable[PublicAddress]:
    """The pages of this feature, for search engines."""
    for _key, _label, endpoint, _render in FIXED:
        yield PublicAddress(url_for(endpoint, slug=programme.slug))
    keys = {one.key: one.changed_at for one in own_on_site(session, programme)}
    for key, changed_at in keys.items():
        path = url_for("website.own", slug=programme.slug, page_key=key)
        yield PublicAddress(path, changed_at)


register_own_links(own_links)
register_addresses(addresses)
register_stamp("website", stamp)

__all__ = ["blueprint", "page_views"]
