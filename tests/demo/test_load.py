"""Loading the demonstration, by the product's own actions."""

from datetime import date

import pytest
from flask import Flask

from pioneers import clock
from pioneers.db import db
from pioneers.demo.load import AlreadyLoaded, load
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
        with pytest.raises(AlreadyLoaded):
            load(db.session, lambda _what: None)
