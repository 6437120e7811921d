"""The short name of a programme stands first in the address of its site."""

from flask import Flask

from pioneers.programmes.rules import RESERVED_SLUGS


def test_no_programme_can_have_the_name_of_a_page(app: Flask) -> None:
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    words = {word for word in first if word and "<" not in word}
    assert words - RESERVED_SLUGS == set()
