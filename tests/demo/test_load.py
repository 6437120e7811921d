"""Loading the demonstration, by the product's own actions."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from pioneers import clock
from pioneers.cards.funnel import By, funnel_of
from pioneers.cards.models import PrintRun
from pioneers.cards.queries import results_of
from pioneers.cards.visit_list import page_of_visits, stretches
from pioneers.contributions.rooms import differences
from pioneers.db import db
from pioneers.demo.begin import RUNNING_SLUG
from pioneers.demo.load import AlreadyLoaded, load
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import programme_by_slug
from pioneers.reach.check import check
from pioneers.reach.figures import current_scope
from pioneers.reach.rules import Scope
from pioneers.reports.statement import statement


@pytest.mark.parametrize("real_app", ["sqlite"], indirect=True)
def test_the_demonstration_proves_the_published_figures(real_app: Flask) -> None:
    with real_app.app_context():
        load(db.session, lambda _what: None)
        db.session.commit()
        programme = programme_by_slug(db.session, "overijssel")
        empty = programme_by_slug(db.session, "voorbeeld")
        assert programme is not None
        assert empty is not None
        scope = current_scope(programme, clock.today())
        told = statement(db.session, programme, scope)
        assert (told.measures.people, told.measures.activated_companies) == (1775, 480)
        assert (told.events_held, told.pioneers, told.fans) == (38, 12, 7)
        assert check(db.session, programme) == []
        nothing = statement(db.session, empty, current_scope(empty, clock.today()))
        assert (nothing.measures.people, nothing.events_held) == (0, 0)
        then = Scope(as_of=date(2017, 12, 31), known_on=date(2018, 1, 31))
        early, now = (
            statement(db.session, programme, asked).measures
            for asked in (then, Scope(as_of=then.as_of))
        )
        assert (early.people, early.companies) == (now.people, now.companies)
        _tells_of_cards(programme_by_slug(db.session, RUNNING_SLUG))
        with pytest.raises(AlreadyLoaded):
            load(db.session, lambda _what: None)


def _tells_of_cards(running: Programme | None) -> None:
    """From cards in the hand to companies in action, the same on the pioneer's page."""
    assert running is not None
    assert check(db.session, running) == []
    assert len(differences(db.session, running)) == 1
    found = funnel_of(db.session, running, By.PIONEER)
    assert found.total.cards > found.total.visits > found.total.details
    assert found.total.details > found.total.events > found.total.actions >= 5
    assert all(days for days in (found.total.days_to_event, found.total.days_to_action))
    assert {one.quantity for one in db.session.scalars(select(PrintRun))} == {20, 10, 250}
    for line in found.lines:
        since = clock.today() - timedelta(days=100)
        told = results_of(db.session, running, line.key, since)
        assert (told.scans, told.typed, told.leads) == (line.scanned, line.typed, line.details)
        assert told.after_card == line.actions
        asked = stretches(db.session, running, By.PIONEER, line.key)
        assert page_of_visits(db.session, asked, None, 1).total == line.visits
