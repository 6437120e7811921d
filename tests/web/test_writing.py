"""What templates write: escaped as Jinja does, whatever it is."""

import pytest
from flask import Flask
from jinja2 import DictLoader
from markupsafe import Markup, escape

from pioneers.web.templates import written


class Fragment:
    """Something that says itself how it stands in HTML."""

    def __html__(self) -> str:
        return "<i>zelf</i>"


class Sly(str):
    """A text of a class of its own is a text."""

    __slots__ = ()


VALUES = ["Jansen", "Jansen & Zn.", "<script>", 'd\'Oude "Smid"', 12, 1.5, None, True]
VALUES += [Markup("<b>vet</b>"), Fragment(), Sly("<b>"), ["<b>"]]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_written_as_jinja_writes_it(value: object) -> None:
    assert str(written(value)) == str(escape(value))


@pytest.mark.parametrize("value", VALUES)
def test_templates_escape_what_they_write(app: Flask, value: object) -> None:
    template = app.jinja_env.from_string(
        "<p>{{ value }}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(value) }}"
    )
    assert template.render(value=value) == f"<p>{escape(value)}{escape(value)}"


def test_blocks_stand_in_their_frame_as_jinja_puts_them(app: Flask) -> None:
    environment = app.jinja_env.overlay(
        loader=DictLoader(
            {
                "frame.html": "<{% block a %}A{% block in %}in{% endblock %}{% endblock %}>"
                "{% for x in xs %}{% block row scoped %}{{ x }}{% endblock %}{% endfor %}"
                "{% filter upper %}{% block f %}f{% endblock %}{% endfilter %}",
                "page.html": "{% extends 'frame.html' %}{% block in %}[{{ super() }}{{ xs }}]"
                "{% endblock %}{% block f %}{{ self.in() }}{% endblock %}",
            }
        )
    )
    written_page = environment.get_template("page.html").render(xs=["&"])
    assert written_page == "<A[in[&#39;&amp;&#39;]]>&amp;[IN[&#39;&AMP;&#39;]]"
