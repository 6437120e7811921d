"""The site is complete in Dutch, and the script that says so can tell."""

import importlib.util
import sys
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from pioneers.config import ROOT


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/translations.py as a module."""
    spec = importlib.util.spec_from_file_location(
        "translations_script", ROOT / "scripts" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_message_of_the_site_has_its_dutch(script: ModuleType) -> None:
    assert list(script.problems(script.merge())) == []


@pytest.mark.parametrize(
    ("text", "translation", "flags", "word"),
    [
        ("Day", "", (), "untranslated"),
        ("Day", "Dag", ("fuzzy",), "fuzzy"),
        ("%(n)s days", "%(m)s dagen", (), "placeholders"),
        ("%(n)s days", "dagen", (), "placeholders"),
        (("%(num)s day", "%(num)s days"), ("%(num)s dag", ""), (), "untranslated"),
        (("%(num)s day", "%(num)s days"), ("%(num)s dag", "dagen"), (), "placeholders"),
    ],
)
def test_a_bad_translation_is_named(
    script: ModuleType,
    text: str | tuple[str, str],
    translation: str | tuple[str, str],
    flags: tuple[str, ...],
    word: str,
) -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add(text, translation, flags=flags)
    assert [line.split(" ")[0].rstrip(":") for line in script.problems(catalogue)] == [word]


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Day", "Dag"),
        ("%(n)s of %(m)s", "van %(m)s zijn er %(n)s"),
        (("One day", "%(num)s days"), ("Eén dag", "%(num)s dagen")),
    ],
)
def test_a_good_translation_is_not(
    script: ModuleType, text: str | tuple[str, str], translation: str | tuple[str, str]
) -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add(text, translation)
    assert list(script.problems(catalogue)) == []
