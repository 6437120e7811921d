"""The list of items for the project team, and the page of one."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from pioneers import clock
from pioneers.accounts.queries import user_names
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.events.themes import THEMES, theme_words
from pioneers.knowledge import listing, queries
from pioneers.knowledge.attaching import files_of
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.figures import LABELS as FIGURES
from pioneers.knowledge.figures import Figure, figures_of, records_of
from pioneers.knowledge.forms import FilterForm
from pioneers.knowledge.labels import FOLLOWED, KINDS, STATE_TAGS, STATES, USES
from pioneers.knowledge.listing import Attention, Wanted
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.knowledge.rules import State
from pioneers.knowledge.shown import facts, size_words
from pioneers.media.models import Photo
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.web.errors import NotFound
from pioneers.web.formats import number
from pioneers.web.pagination import page_number

URL = "/p/<slug>/kennis"
ONE = f"{URL}/<int:item_id>"


def to_item(programme: Programme, item: KnowledgeItem) -> ResponseReturnValue:
    """Back to the page of an item."""
    return redirect(url_for("knowledge.item", slug=programme.slug, item_id=item.id), 303)


@blueprint.get(URL)
@permitted(Permission.EDIT_KNOWLEDGE)
def items(programme: Programme) -> ResponseReturnValue:
    """Every item, what asks for a decision first."""
    now = clock.now()
    form = FilterForm(formdata=request.args)
    form.fill(listing.editors(db.session, programme))
    wanted = _wanted(form)
    counts = listing.attention(db.session, programme, now)
    return render_template(
        "knowledge/items.html",
        programme=programme,
        form=form,
        counts=counts,
        sentence=_sentence(counts),
        chosen=wanted != Wanted(),
        wanted=wanted,
        page=listing.list_items(db.session, programme, wanted, now=now, page=page_number()),
        kinds=KINDS,
        states=STATES,
        state_tags=STATE_TAGS,
        theme_words=theme_words,
        today=clock.today(),
        link_to=link_to,
    )


def _wanted(form: FilterForm) -> Wanted:
    """What the address asks for; what is no choice counts as not asked."""

    def chosen(name: str) -> str:
        field = form[name]
        return field.data if field.data in {value for value, *_rest in field.choices} else ""

    return Wanted(
        text=(form.q.data or "")[:100],
        kind=ItemKind(chosen("soort")) if chosen("soort") else None,
        state=State(chosen("stand")) if chosen("stand") else None,
        theme=chosen("thema") if chosen("thema") in THEMES else "",
        owner_id=int(chosen("van")) if chosen("van") else None,
        review_due=request.args.get("nakijken") == "ja",
        consent_ending=request.args.get("toestemming") == "ja",
    )


def _sentence(counts: Attention) -> str:
    if not counts.items:
        return _("The knowledge base is still empty.")
    return ngettext(
        "One item is on the site.",
        "%(written)s items are on the site.",
        counts.public,
        written=number(counts.public),
    )


@blueprint.get(ONE)
@permitted(Permission.EDIT_KNOWLEDGE)
def item(programme: Programme, item_id: int) -> ResponseReturnValue:
    """An item: where it stands, what it is about, its versions."""
    found = queries.get_item(db.session, programme, item_id)
    return render_template("knowledge/item.html", **_shown(programme, found))


@blueprint.get(f"{ONE}/cijfer/<figure>")
@permitted(Permission.EDIT_KNOWLEDGE)
def records(programme: Programme, item_id: int, figure: str) -> ResponseReturnValue:
    """What is behind a figure of an item."""
    found = queries.get_item(db.session, programme, item_id)
    if figure not in set(Figure):
        raise NotFound
    chosen = Figure(figure)
    return render_template(
        "knowledge/records.html",
        programme=programme,
        item=found,
        label=FIGURES[chosen],
        page=records_of(db.session, found, chosen, page=page_number()),
        uses=USES,
        followed=FOLLOWED,
        link_to=link_to,
    )


def _shown(programme: Programme, item: KnowledgeItem) -> dict[str, Any]:
    revisions = queries.revisions_of(db.session, item)
    today = clock.today()
    pioneers = pioneer_names(db.session, programme)
    return {
        "programme": programme,
        "item": item,
        "newest": revisions[0],
        "revisions": revisions,
        "planned": next((one for one in revisions if one.publish_at is not None), None),
        "state": listing.state_of(db.session, item, clock.now()),
        "states": STATES,
        "state_tags": STATE_TAGS,
        "kinds": KINDS,
        "facts": facts(db.session, item),
        "owner": user_names(db.session, [item.owner_id]).get(item.owner_id or 0, ""),
        "names": user_names(db.session, [one.saved_by_id for one in revisions]),
        "pioneer": pioneers.get(item.pioneer_id or 0, ""),
        "files": files_of(db.session, item),
        "size_words": size_words,
        "photo": db.session.get(Photo, item.photo_id) if item.photo_id else None,
        "figures": figures_of(db.session, item),
        "figure_labels": FIGURES,
        "related": queries.related(db.session, item),
        "review_due": item.review_on is not None and item.review_on <= today,
        "consent_over": item.consent_until is not None and item.consent_until < today,
        "today": today,
    }
