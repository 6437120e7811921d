"""The visits behind a number of the funnel, a print run or a card."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.accounts.rules import Permission
from pioneers.cards.blueprint import blueprint
from pioneers.cards.funnel import By
from pioneers.cards.funnel_views import URL, of_line
from pioneers.cards.labels import CAME
from pioneers.cards.models import Came, Card
from pioneers.cards.queries import get_card, get_run, names_of, run_numbers
from pioneers.cards.visit_list import by_day, page_of_card, page_of_visits, stretches
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound
from pioneers.web.pagination import page_number


@blueprint.get(f"{URL}/bezoeken")
@permitted(Permission.MANAGE_CARDS)
def visits(programme: Programme) -> ResponseReturnValue:
    """When the pages of cards were visited, by which card, and how; never by whom."""
    by, key = of_line(programme)
    asked = request.args.get("hoe", "")
    came = Came(asked) if asked in set(Came) else None
    card = _card(programme, by, key)
    if card is not None:
        page = page_of_card(db.session, card, came, page_number())
    else:
        found = stretches(db.session, programme, by, key)
        page = page_of_visits(db.session, found, came, page_number())
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("per", "van", "kaartje") if name in request.args
    }
    return render_template(
        "cards/visits.html",
        programme=programme,
        page=page,
        days=by_day(page.items),
        of=_whose(programme, by, key) if card is None else _("card %(code)s", code=card.code),
        came=CAME,
        choices=_choices(programme, came, kept),
        opens=True,
    )


def _card(programme: Programme, by: By | None, key: int) -> Card | None:
    """The card of the address, within its print run."""
    code = request.args.get("kaartje")
    if not code:
        return None
    if by != By.RUN:
        raise NotFound
    return get_card(db.session, get_run(db.session, programme, key), code)


def _whose(programme: Programme, by: By | None, key: int) -> str:
    """The name of the funnel's line."""
    if by is None:
        return ""
    if by == By.RUN:
        numbers = run_numbers(db.session, programme)
        return _("print run %(number)s", number=numbers[key])
    names = names_of(db.session, programme, [key] if by == By.TALK else ())
    named = names.events if by == By.TALK else names.pioneers
    if key not in named:
        raise NotFound
    return named[key] or _("Erased")


def _choices(
    programme: Programme, came: Came | None, kept: dict[str, Any]
) -> list[tuple[str, str, bool]]:
    """All, scanned, typed: address, words, whether it is what is shown."""
    found = [(url_for("cards.visits", slug=programme.slug, **kept), _("All"), came is None)]
    for one, words in CAME.items():
        address = url_for("cards.visits", slug=programme.slug, hoe=one.value, **kept)
        found.append((address, str(words), one == came))
    return found
