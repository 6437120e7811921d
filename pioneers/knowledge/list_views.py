"""The list of the knowledge base, for everybody."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectField

from pioneers import clock
from pioneers.companies.rules import SizeClass
from pioneers.db import db
from pioneers.events.themes import THEMES
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.forms import ListForm
from pioneers.knowledge.labels import DOMAINS, KINDS, LEVELS
from pioneers.knowledge.models import Domain, ItemKind
from pioneers.knowledge.rules import SECTORS
from pioneers.knowledge.search import Asked, Found, search
from pioneers.programmes.navigation import link_to
from pioneers.programmes.sectors import section_name
from pioneers.publishing.frame import open_site
from pioneers.reach.labels import SIZE_CLASSES
from pioneers.web.access import public
from pioneers.web.formats import number
from pioneers.web.i18n import language
from pioneers.web.pagination import Page, offset, page_number

PAGE = 20
Choice = TypeVar("Choice", bound=StrEnum)


@blueprint.get("/kennis/<slug>")
@public
def index(slug: str) -> ResponseReturnValue:
    """What the knowledge base has for everybody, and what of it suits the question."""
    site = open_site(slug)
    asked, at = _asked(), page_number()
    found = search(
        db.session,
        site.programme.id,
        asked,
        limit=PAGE,
        offset=offset(at, PAGE),
        now=clock.now(),
    )
    form = ListForm(formdata=request.args)
    _fill(form, found)
    return render_template(
        "knowledge/list.html",
        form=form,
        chosen=asked != Asked(),
        narrowed=asked != Asked(text=asked.text),
        page=Page(found.items, at, PAGE, found.total),
        sentence=_sentence(asked, found),
        kinds=KINDS,
        ask_href=link_to("questions.ask", slug=slug),
        spoken=g.get("site_language"),
    )


def _asked() -> Asked:
    """What the address asks for; what is no choice counts as not asked."""
    given = request.args
    level, theme, sector = given.get("niveau", ""), given.get("thema", ""), given.get("sector", "")
    return Asked(
        text=" ".join(given.get("q", "").split()),
        kind=_choice(ItemKind, given.get("soort", "")),
        theme=theme if theme in THEMES else "",
        level={str(one): one for one in LEVELS}.get(level),
        domain=_choice(Domain, given.get("waar", "")),
        sector=sector if len(sector) == 1 and sector in SECTORS else "",
        size_class=_choice(SizeClass, given.get("omvang", "")),
    )


def _choice(choices: type[Choice], value: str) -> Choice | None:
    return next((one for one in choices if one.value == value), None)


def _fill(form: ListForm, found: Found) -> None:
    """Offer what there is, with how many items each choice gives, and what was chosen."""
    sectors = {letter: section_name(letter, language()) for letter in SECTORS}
    labels: tuple[tuple[SelectField, str, Mapping[Any, Any]], ...] = (
        (form.soort, "kind", KINDS),
        (form.thema, "theme", THEMES),
        (form.niveau, "level", LEVELS),
        (form.waar, "domain", DOMAINS),
        (form.sector, "sector", sectors),
        (form.omvang, "size_class", SIZE_CLASSES),
    )
    for field, name, words in labels:
        counts = found.facets[name]
        field.choices = [("", _("All"))] + [
            (str(value), f"{label} ({number(counts.get(str(value), 0))})")
            for value, label in words.items()
            if counts.get(str(value)) or field.data == str(value)
        ]


def _sentence(asked: Asked, found: Found) -> str:
    """How much there is."""
    if asked == Asked():
        return ngettext(
            "One story, tool or scan to use in your company.",
            "%(written)s stories, tools and scans to use in your company.",
            found.total,
            written=number(found.total),
        )
    return ngettext(
        "One item fits.", "%(written)s items fit.", found.total, written=number(found.total)
    )
