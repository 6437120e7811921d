"""The texts of the knowledge base in the demonstration: each is complete, and all are loaded."""

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from pioneers import clock
from pioneers.db import db
from pioneers.demo.knowledge import BadText, DemoText, demo_texts, parse
from pioneers.demo.load import load
from pioneers.events.themes import THEMES
from pioneers.knowledge.models import (
    ItemKind,
    KnowledgeFile,
    KnowledgeItem,
    KnowledgeRelation,
    KnowledgeUse,
)
from pioneers.knowledge.queries import is_public
from pioneers.knowledge.rules import LONGEST_SUMMARY, LONGEST_TITLE, slug_of
from pioneers.markup.rendering import to_text
from pioneers.programmes.queries import programme_by_slug

TEXTS = demo_texts()
WHOLE = "---\ntitle: Een\nsummary: Kort\nkind: tool\nthemes: co_creation\npublished: -3\n---\nTekst"


def test_there_are_some_forty_texts_of_every_kind() -> None:
    kinds = Counter(text.head["kind"] for text in TEXTS)
    assert len(TEXTS) >= 40
    assert set(kinds) == {kind.value for kind in ItemKind}
    assert kinds["story"] >= 10
    assert sum(text.slug.startswith("vraag-") for text in TEXTS) >= 6


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_a_text_is_complete(text: DemoText) -> None:
    head = text.head
    assert text.slug == slug_of(text.slug)
    assert len(head["title"]) <= LONGEST_TITLE
    assert 40 <= len(head["summary"]) <= LONGEST_SUMMARY
    assert set(head["themes"].split(", ")) <= set(THEMES)
    assert head.get("level") in {"1", "2", "3"}
    assert head.get("domain")
    assert 120 <= len(to_text(text.body).split()) <= 350
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", text.body + head["summary"])
    if head["kind"] == "story":
        assert head.get("company")
        assert head.get("sector")
        assert head.get("size_class")
    assert bool(head.get("company")) == bool(head.get("consent_by"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_a_text_leads_to_others_that_are_there(text: DemoText) -> None:
    known = {one.slug for one in TEXTS} - {text.slug}
    assert text.related
    assert set(text.related) <= known


@pytest.mark.parametrize(
    "written",
    [
        "Tekst zonder hoofd",
        WHOLE.replace("title: Een\n", ""),
        WHOLE.replace("title: Een", "titel: Een"),
        WHOLE.replace("kind: tool", "kind: tool\nkind: scan"),
        WHOLE.removesuffix("Tekst"),
    ],
)
def test_a_text_that_is_not_whole_is_refused(written: str) -> None:
    assert parse("goed", WHOLE).body == "Tekst\n"
    with pytest.raises(BadText):
        parse("fout", written)


@pytest.mark.parametrize("real_app", ["sqlite"], indirect=True)
def test_the_demonstration_shows_every_text_and_two_that_need_a_look(real_app: Flask) -> None:
    with real_app.app_context():
        load(db.session, lambda _what: None)
        db.session.commit()
        programme = programme_by_slug(db.session, "bedrijf")
        assert programme is not None
        today, now = clock.today(), clock.now()
        of_it = select(KnowledgeItem).where(KnowledgeItem.programme_id == programme.id)
        items = db.session.scalars(of_it).all()
        assert {item.slug for item in items} == {text.slug for text in TEXTS}
        shown = db.session.scalars(
            of_it.where(is_public(now)).order_by(KnowledgeItem.first_published_at)
        ).all()
        assert {item.slug for item in shown} == {t.slug for t in TEXTS if t.published <= 0}
        days = [item.first_published_at for item in shown if item.first_published_at]
        assert all(early < late for early, late in pairwise(days))
        assert sum(1 for item in shown if item.review_on and item.review_on < today) == 2
        soon = today + timedelta(days=30)
        ends = [item for item in shown if item.consent_until and item.consent_until <= soon]
        assert [item.kind for item in ends] == [ItemKind.STORY]
        assert db.session.scalar(select(KnowledgeRelation).limit(1)) is not None
        with_file = select(KnowledgeItem.kind).join(
            KnowledgeFile, KnowledgeFile.item_id == KnowledgeItem.id
        )
        assert set(db.session.scalars(with_file)) == {ItemKind.DOCUMENT}
        meant = db.session.scalars(select(KnowledgeUse).where(KnowledgeUse.email.is_not(None)))
        assert all(use.contact_id and use.ask_on and use.ask_on > today for use in meant)
