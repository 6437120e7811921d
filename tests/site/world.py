"""Two programmes with one of everything, and the addresses of all pages in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from pioneers.accounts.models import User
from pioneers.accounts.rules import Permission
from pioneers.programmes.models import Programme
from tests.site import knowing, making, networking, news
from tests.site.making import WORDS

MAKERS = making.MAKERS | networking.MAKERS | knowing.MAKERS | news.MAKERS
ON_PAGE = making.ON_PAGE | networking.ON_PAGE | knowing.ON_PAGE | news.ON_PAGE


@dataclass
class World:
    """One of everything in a programme; each thing is made when a route asks for it."""

    session: Session
    programme: Programme
    leader: User
    _made: dict[str, object] = field(default_factory=dict)

    def __getitem__(self, argument: str) -> object:
        """The value of a route's argument, for a record that belongs to the programme."""
        if argument not in self._made:
            assert argument in MAKERS, f"tests/site/making.py does not know <{argument}>"
            self._made[argument] = MAKERS[argument](self)
        return self._made[argument]


@dataclass(frozen=True)
class Page:
    """A route with everything filled in."""

    rule: Rule
    method: str
    path: str
    access: Permission | str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.rule.endpoint})"


def rules(app: Flask) -> Iterator[Rule]:
    """Every route but the static files."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def pages(app: Flask, world: World, *methods: str, slug: str | None = None) -> list[Page]:
    """Every route that answers one of `methods`, with records of `world`.

    With `slug`, the address names that programme while the records stay those of `world`.
    """
    found = []
    adapter = app.url_map.bind("localhost")
    for rule in rules(app):
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        for values in _values(world, rule):
            if slug is not None and "slug" in values:
                values["slug"] = slug
            for method in (each for each in methods if each in (rule.methods or ())):
                path = adapter.build(rule.endpoint, values, method=method)
                found.append(Page(rule, method, path, access))
    return found


def _values(world: World, rule: Rule) -> Iterator[dict[str, object]]:
    """The arguments of a route, once for each word that it knows."""
    choices = [_choices(world, rule.endpoint, name) for name in rule.arguments]
    for chosen in product(*choices):
        values = dict(zip(rule.arguments, chosen, strict=True))
        if values.get("what") == "persoon":
            people = {"record_id": making.a_person(world), "other_id": making.a_person(world)}
            values |= {name: people[name] for name in people if name in values}
        yield values


def _choices(world: World, endpoint: str, name: str) -> Sequence[object]:
    if (endpoint, name) in ON_PAGE:
        return [ON_PAGE[endpoint, name](world)]
    return WORDS[name] if name in WORDS else [world[name]]
