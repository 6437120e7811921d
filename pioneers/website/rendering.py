"""Each page of the public site with the words that it is given: published ones or a preview."""

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from pioneers import clock
from pioneers.db import db
from pioneers.events.themes import THEMES
from pioneers.fans.labels import KINDS
from pioneers.markup.rendering import excerpt, to_html
from pioneers.profiles.faces import public_faces
from pioneers.programmes.navigation import link_to
from pioneers.publishing.queries import Site
from pioneers.publishing.rules import Words
from pioneers.website import queries

ON_HOME = 3
FACES_ON_HOME = 6
DESCRIPTION = 155  # characters that search engines show


@dataclass(frozen=True)
class Part:
    """A section of a text: its heading, without a level, and what stands below it."""

    heading: Markup
    body: Markup


def parts_of(html: Markup) -> tuple[Markup, list[Part]]:
    """What stands before the first heading, and the sections after it."""
    before, *rest = str(html).split("<h2>")
    found = []
    for one in rest:
        heading, _end, body = one.partition("</h2>")
        found.append(Part(Markup(heading), Markup(body)))  # noqa: S704 - parts of safe HTML
    return Markup(before), found  # noqa: S704 - likewise


def page_at(path: str) -> str | None:
    """The address of a page of this site, in the present language; None where there is none."""
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path)
    except HTTPException:  # not found, or a redirect
        return None
    return url_for(endpoint, **values)


def _page(template: str, site: Site, words: Words, **more: object) -> str:
    slug = site.programme.slug
    return render_template(
        template,
        words=words,
        body=to_html(words.body),
        description=excerpt(words.lead or words.body, DESCRIPTION),
        ask_href=link_to("questions.ask", slug=slug),
        agenda_href=link_to("agenda.public", slug=slug),
        news_href=page_at(f"/nieuwsbrief/{slug}"),
        **more,
    )


def home(site: Site, words: Words) -> str:
    """Why, how and what, and the ways in."""
    programme, slug = site.programme, site.programme.slug
    before, parts = parts_of(to_html(words.body))
    faces = public_faces(db.session, programme, clock.today(), most=FACES_ON_HOME)
    return _page(
        "website/home.html",
        site,
        words,
        before=before,
        parts=parts,
        events=queries.coming(db.session, programme, most=ON_HOME),
        stories=queries.newest_stories(db.session, programme, most=ON_HOME),
        faces=faces,
        themes=THEMES,
        page_at=page_at,
        knowledge_href=page_at(f"/kennis/{slug}"),
        pioneers_href=link_to("website.pioneers", slug=slug),
    )


def pioneers(site: Site, words: Words) -> str:
    """The pioneers whose pages are open."""
    faces = public_faces(db.session, site.programme, clock.today())
    return _page("website/pioneers.html", site, words, faces=faces, themes=THEMES)


def stages(site: Site, words: Words) -> str:
    """The fans and what can be heard on their stages."""
    found = queries.stages(db.session, site.programme)
    return _page("website/stages.html", site, words, stages=found, kinds=KINDS)


def circles(site: Site, words: Words) -> str:
    """The circles that one can join; there are none yet."""
    return _page("website/circles.html", site, words)


def contact(site: Site, words: Words) -> str:
    """How to reach the programme."""
    return _page("website/contact.html", site, words)


def plain(site: Site, words: Words) -> str:
    """A page that is its words alone."""
    contact_href = link_to("website.contact", slug=site.programme.slug)
    return _page("website/plain.html", site, words, contact_href=contact_href)
