"""What the source of every template keeps to."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post[\"']?[^>]*>.*?</form>", re.DOTALL | re.I)
TOKEN = re.compile(r"\bcsrf\(\)|hidden_tag\(\)|name=\"csrf_token\"")
INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script without a file": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event attribute": re.compile(r"<[a-z][^>{}]*\son[a-z]+\s*=", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
}
UNSAFE = re.compile(r"\|\s*safe\b|autoescape\s+false")


def source(path: Path) -> str:
    """The template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """The template's name."""
    return path.relative_to(TEMPLATES).as_posix()


def test_there_are_templates() -> None:
    assert PAGES


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_has_nothing_that_the_policy_forbids(path: Path) -> None:
    text = source(path)
    assert not [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not UNSAFE.search(text), "text that is not escaped"


# A card's page sets no cookie; its form carries a signed moment (tests/cards) instead of a token.
WITHOUT_SESSION = {"cards/landing.html"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_form_that_posts_carries_the_token(path: Path) -> None:
    if name(path) in WITHOUT_SESSION:
        return
    assert not [form[:80] for form in FORM.findall(source(path)) if not TOKEN.search(form)]
